# syntax=docker/dockerfile:1
# One image for each app: docker build --build-arg MODULE=llm-worker .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# All apps at once, and never two builds on one cache: the images of all apps share this stage.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B -ntp -q -Dmaven.test.skip=true -am package \
    -pl ingest-api,enrichment-worker,prompt-worker,llm-worker,billing-worker

FROM eclipse-temurin:25-jre
# A named user: an image that may start an embedded PostgreSQL needs one that stands in passwd.
RUN useradd --create-home --shell /usr/sbin/nologin orrery
USER orrery
WORKDIR /home/orrery
ARG MODULE
COPY --from=build /src/${MODULE}/target/*-exec.jar app.jar
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60"
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
