/**
 * The folder that the official image declares as a volume. A runtime puts a new, empty one there for each container, also
 * over a folder of a claim that is mounted above it.
 *
 * @see https://github.com/docker-library/postgres/blob/master/Dockerfile-debian.template
 */
export const postgresImageVolume = (major: number): string =>
  major >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';

/** Where the official image keeps its data unless `PGDATA` says otherwise. */
export const postgresDefaultFolder = (major: number): string =>
  major >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data';
