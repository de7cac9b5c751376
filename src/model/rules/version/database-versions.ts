import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { oneOf } from '../../suggestion.ts';
import { databasesIn } from '../place.ts';

/** Debian releases that PostgreSQL images are built on. */
const codenames = ['bullseye', 'bookworm', 'trixie', 'forky'];

/** A database names its exact version and C library: another major cannot read the disk, another library corrupts text indexes. */
export const databaseVersions = (delivery: Delivery): readonly Problem[] =>
  databasesIn(delivery).flatMap(({ path, database }) => {
    const { version, codename, upgradesFrom } = database;
    const problems: Problem[] = [];
    const major = /^(\d+)\.\d+$/.exec(version)?.[1];
    if (major === undefined)
      problems.push({
        path: `${path}.version`,
        message: 'must be an exact minor version, e.g. "18.1"',
        given: version,
      });
    if (!codenames.includes(codename))
      problems.push({
        path: `${path}.codename`,
        message: `must be a Debian code name, ${oneOf(codenames)}`,
        given: codename,
      });
    if (
      upgradesFrom !== undefined &&
      !(/^\d+$/.test(upgradesFrom) && Number(upgradesFrom) < Number(major ?? Infinity))
    ) {
      problems.push({
        path: `${path}.upgradesFrom`,
        message: 'must be an older major version, e.g. "17"',
        given: upgradesFrom,
      });
    }
    return problems;
  });
