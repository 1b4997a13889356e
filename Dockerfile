# Dockerfile
#	PostgreSQL's official image with the extension:
#
#	docker build -t clicks_all .		for 17, or --build-arg PG_MAJOR=18
#
# Nobody has built this image yet: our tests reach no registry of images.  They lint this
# file, and run its RUN lines in a root of Debian.

ARG PG_MAJOR=17
FROM postgres:${PG_MAJOR}-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
	gcc make libc6-dev libxxhash-dev "postgresql-server-dev-$PG_MAJOR"
COPY . /src
RUN make -C /src clean && make -C /src with_llvm=no install DESTDIR=/out

FROM postgres:${PG_MAJOR}-bookworm
COPY --from=build /out/usr /usr
