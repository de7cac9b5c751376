import type { Database } from '../../model/database.ts';
import type { RunAs } from '../../constructs/pod/security-context.ts';

/** Image of the server and of every client program: one value, so that they cannot differ. */
export const postgresImage = ({ version, codename }: Database): string => `postgres:${version}-${codename}`;

/** User and group `postgres` of the Debian image. */
export const postgresUser: RunAs = { user: 999, group: 999 };
