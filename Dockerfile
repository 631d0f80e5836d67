# The bot in a container: packages from the lock with their hashes, an unprivileged user, the record in a volume.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
# By themselves, so that a change of the program does not install them again.
COPY requirements.lock /src/
RUN pip install --require-hashes -r /src/requirements.lock
# Named one by one: no .env, no data and no .git of the folder gets in.
COPY pyproject.toml README.md LICENSE /src/
COPY bot /src/bot
COPY cogs /src/cogs
COPY storage /src/storage
RUN pip install --no-deps /src

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin pledgewatch \
    && install -d -o pledgewatch -g pledgewatch -m 700 /app/data
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app
USER pledgewatch
VOLUME /app/data
# SIGTERM ends it within ten seconds: docker stop --time 15.
ENTRYPOINT ["pledgewatch"]
CMD ["run"]
