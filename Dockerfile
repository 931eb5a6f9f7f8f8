# One image for every role: `xebec ROLE`. Builds with BuildKit and with the classic builder. Where no registry can be reached,
# docker/base-images.sh makes the images that these two arguments want.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG BASE_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
ARG MAVEN_FLAGS=
WORKDIR /src
COPY . .
RUN mvn -B -q -Dfast -DskipTests -Dmaven.test.skip=true ${MAVEN_FLAGS} -pl xebec-server,embedded-kafka -am package \
    && docker/layout.sh xebec-server/target/dist /out

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Xebec" \
      org.opencontainers.image.description="A Kubernetes-compatible control plane whose masters all work at once." \
      org.opencontainers.image.licenses="Apache-2.0"
# What seldom changes first: the libraries, the broker's, then our own jars.
COPY --from=build /out/libraries/ /opt/xebec/
COPY --from=build /out/broker/ /opt/xebec/
COPY --from=build /out/own/ /opt/xebec/
COPY docker/image/ /opt/xebec/bin/
# A recorded start makes each later one quick; a JVM that cannot use it (another CPU, other flags) goes without. The folders are
# those that volumes are mounted at: a new volume takes over whose they are.
RUN ln -s /opt/xebec/bin/xebec /usr/local/bin/xebec && xebec record \
    && mkdir -p /var/lib/xebec /etc/xebec/pki /pki \
    && chown 65532:65532 /var/lib/xebec /etc/xebec/pki /pki
# Last, because they change with each commit and nothing depends on them.
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.version="${VERSION}" org.opencontainers.image.revision="${REVISION}"
USER 65532:65532
WORKDIR /var/lib/xebec
EXPOSE 6443 8080 5701 5702 5703
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["/opt/xebec/bin/health"]
ENTRYPOINT ["/opt/xebec/bin/xebec"]
CMD ["--help"]
