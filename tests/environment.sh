# .venv with requirements-dev.txt. Read by bin/test and bin/bench, from the root of the checkout.
python=${PYTHON:-python3}
[ -x .venv/bin/python ] || "$python" -m venv .venv
stamp=.venv/requirements-dev.sum
sum=$(cat requirements.txt requirements-dev.txt | cksum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$sum" ]; then
    echo "Installing requirements-dev.txt …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
    echo "$sum" > "$stamp"
fi
