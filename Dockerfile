# syntax=docker/dockerfile:1
# One image for each app: docker build --build-arg MODULE=llm-worker .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
ARG MODULE
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Dmaven.test.skip=true -pl "$MODULE" -am package && cp "$MODULE"/target/*-exec.jar /app.jar

FROM eclipse-temurin:25-jre
# A named user: an image that may start an embedded PostgreSQL needs one that stands in passwd.
RUN useradd --create-home --shell /usr/sbin/nologin orrery
USER orrery
WORKDIR /home/orrery
COPY --from=build /app.jar app.jar
# Avro reads only classes it is told to trust.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.orrery"
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
