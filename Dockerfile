# One image for web and worker. Settings come from the environment; see docs/deployment.md.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt
COPY . .
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(48))") \
    ALLOWED_HOSTS=build BASE_URL=https://build DATABASE_URL=sqlite:////tmp/build.sqlite3 EMAIL_URL=consolemail:// \
    TRUSTED_PROXIES=0 DJANGO_SETTINGS_MODULE=cms.settings.production \
    /venv/bin/python manage.py collectstatic --noinput
RUN /venv/bin/python -m compileall -q cms gallery home search

FROM python:3.11-slim
# The number is the one to give to whatever else reads the volumes, such as nginx.
RUN groupadd --gid 10001 portal && useradd --uid 10001 --gid portal --home-dir /app --no-create-home portal
WORKDIR /app
# For backups; no older than the server.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
COPY --from=build /venv /venv
COPY --from=build /app /app
RUN install --directory --owner portal --group portal --mode 0750 var var/private var/public var/log
USER portal
ENV PATH=/venv/bin:$PATH DJANGO_SETTINGS_MODULE=cms.settings.production PYTHONUNBUFFERED=1 \
    WITHDRAWALS_LOG=/app/var/log/withdrawals.log
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--timeout", "60", "--graceful-timeout", "30", "--max-requests", "100000", "--max-requests-jitter", "20000", "--access-logfile", "-", "--no-control-socket"]
