/** What the probes of a PostgreSQL container need to know. */
export interface ProbeCommandsProps {
  readonly user: string;
  readonly database: string;
  /** Seconds to wait for an answer. The probe's own `timeoutSeconds` must be larger. @default 3 */
  readonly timeoutSeconds?: number;
}

/** Commands for the three probes of a PostgreSQL container. */
export interface ProbeCommands {
  readonly startup: readonly string[];
  readonly readiness: readonly string[];
  readonly liveness: readonly string[];
}

/**
 * The probe commands of a PostgreSQL container.
 *
 * They ask over TCP, because while the image runs its init SQL the server answers on its socket alone and must not count as
 * started. The port is the one the server uses: `PGPORT`, or 5432. Liveness also accepts a server that is up and refuses
 * connections for the moment, because killing it while it recovers from a crash makes it begin again.
 *
 * @see https://www.postgresql.org/docs/18/app-pg-isready.html for the exit codes
 */
export function probeCommands({ user, database, timeoutSeconds = 3 }: ProbeCommandsProps): ProbeCommands {
  const accepts = [
    'pg_isready',
    '--quiet',
    '--host=127.0.0.1',
    `--username=${user}`,
    `--dbname=${database}`,
    `--timeout=${timeoutSeconds}`,
  ];
  return {
    startup: accepts,
    readiness: accepts,
    // 0 accepts connections, 1 refuses them for now, 2 does not answer.
    liveness: ['sh', '-c', '"$@"; [ "$?" -le 1 ]', 'sh', ...accepts],
  };
}
