# One image for web and worker. Settings come from the environment; see docs/deployment.md.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt
COPY . .
RUN SECRET_KEY=build ALLOWED_HOSTS=build BASE_URL=https://build DATABASE_URL=sqlite:////tmp/build.sqlite3 \
    EMAIL_URL=consolemail:// TRUSTED_PROXIES=0 DJANGO_SETTINGS_MODULE=cms.settings.production \
    /venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim
RUN useradd --system --home /app portal
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build --chown=portal /app /app
RUN mkdir -p var/private var/public && chown -R portal var
USER portal
ENV PATH=/venv/bin:$PATH DJANGO_SETTINGS_MODULE=cms.settings.production PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz')"
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--access-logfile", "-"]
