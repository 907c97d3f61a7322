# casekit in a container. The light road (search, check, network, exports to Markdown, HTML, Excel):
#   docker build --target light -t casekit:light . && docker run --rm -it -v "$PWD/我的案例:/work" casekit:light search 会员
# with JupyterLab, Word, PDF and Chinese fonts:
#   docker build --target full -t casekit . && docker run --rm -it -p 8888:8888 -v "$PWD/我的案例:/work" casekit
# Nothing is fetched at run time: the model is made while the image is built.
FROM python:3.12-slim AS wheel
COPY . /src
RUN pip install --no-cache-dir hatchling \
 && pip wheel --no-deps --no-build-isolation --wheel-dir /dist /src

FROM python:3.12-slim AS light
ENV CASEKIT_CACHE=/opt/casekit PYTHONDONTWRITEBYTECODE=1 LANG=C.UTF-8
COPY requirements/light.txt /tmp/light.txt
COPY --from=wheel /dist /dist
RUN pip install --no-cache-dir --no-compile --no-deps --require-hashes -r /tmp/light.txt \
 && pip install --no-cache-dir --no-compile --no-deps /dist/casekit-*.whl \
 && python -c "from casekit.embed import load_encoder; load_encoder('default')" \
 && chmod -R a+rX /opt/casekit && useradd --create-home --uid 1000 casekit && mkdir -p /work && chown casekit /work
USER casekit
WORKDIR /work
ENTRYPOINT ["casekit"]
CMD ["--help"]

FROM light AS full
USER root
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir --extra-index-url https://download.pytorch.org/whl/cpu \
    "$(ls /dist/casekit-*.whl)[export,excel,mcp,picture,page]" 'torch<2.14'
USER casekit
EXPOSE 8888
CMD ["lab", "--no-browser", "--port", "8888"]
