import { everyDatabase } from '../../../databases/databases.ts';
import { databaseNames } from '../../../model/names.ts';
import { foundAt, type Check, type CheckInput, type Report } from '../../../objects/check.ts';
import { placesOf, textOf } from '../../../objects/fields.ts';
import { claimOf, dataLocation, describeFolder, type KeptFolder } from '../../../databases/data-location.ts';
import { databaseChanges, databaseServers } from '../../../databases/database-servers.ts';
import type { DatabaseServer, ServerChange } from '../../../objects/pods/database-servers.ts';
import { replicasOf } from '../../../objects/pods/scaling.ts';
import type { Workload } from '../../../objects/pods/workload.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { variableOf } from '../../../objects/pods/variables.ts';

/** A server keeps its data in its claim, and goes on with what is published: the same claim, folder, database and user. */
export const databaseData: Check = {
  name: 'database-data',
  find(input, report) {
    const { objects, published } = input;
    for (const server of databaseServers(objects)) keepsNothing(objects, server, report);
    sharesFolder(objects, report);
    if (published === undefined) return;
    for (const change of databaseChanges(published, objects)) {
      if (isUpgrade(input, change)) continue;
      if (movesAway(published, objects, change, report)) continue;
      for (const [variable, what] of firstContents)
        compareContents({ published, objects, change, variable, what, report });
    }
  },
};

/** Tells a server that has a claim and writes beside it; one without any claim is told by `ephemeral-databases`. */
function keepsNothing(objects: ObjectIndex, server: DatabaseServer, report: Report): void {
  const { workload, container } = server;
  const mounted = placesOf(container.fields['volumeMounts'], '').some(
    ({ fields }) => claimOf(workload, textOf(fields['name']) ?? '') !== undefined,
  );
  const location = mounted ? dataLocation(objects, server) : undefined;
  if (location === undefined || location.kept !== undefined) return;
  report(
    foundAt(
      workload.rendered,
      `${container.path}.volumeMounts`,
      `container "${container.name}" keeps its data in ${location.folder}, which lies in none of its claims and is gone with the pod; mount the claim above it`,
    ),
  );
}

/** Tells servers that write into one folder, where each destroys what the other wrote. */
function sharesFolder(objects: ObjectIndex, report: Report): void {
  const replicas = replicasOf(objects);
  const byFolder = new Map<string, DatabaseServer[]>();
  for (const server of databaseServers(objects)) {
    const kept = dataLocation(objects, server)?.kept;
    if (kept === undefined) continue;
    const key = `${kept.namespace}/${kept.claim}/${kept.folder}`;
    byFolder.set(key, [...(byFolder.get(key) ?? []), server]);
  }
  for (const [key, servers] of byFolder) {
    const count = servers.reduce(
      (sum, { workload }) => sum + (isOwnClaim(workload, key) ? 1 : replicas(workload).max),
      0,
    );
    const [first] = servers;
    if (count < 2 || first === undefined) continue;
    const { workload, container } = servers.at(-1) ?? first;
    report(
      foundAt(
        workload.rendered,
        `${container.path}.volumeMounts`,
        `${count} servers write into one folder of one claim (${[...new Set(servers.map((server) => `${server.workload.kind} "${server.workload.name}"`))].join(', ')}), and destroy each other's data; run one, or give each a claim of its own`,
      ),
    );
  }
}

/** Whether each pod of the workload has a claim of its own, made from a template. */
const isOwnClaim = ({ kind, name }: Workload, key: string): boolean =>
  kind === 'StatefulSet' && (key.split('/')[1] ?? '').endsWith(`-${name}-0`);

/** While data is moved from an older major version, the new server starts with a folder of its own. */
function isUpgrade({ environment }: CheckInput, { before, after }: ServerChange): boolean {
  const database = environment.applications
    .flatMap(({ databases }) => databases ?? [])
    .find((candidate) => databaseNames(environment, candidate).workload === after.workload.name);
  const image = before.container.image ?? '';
  const from = database?.upgradesFrom;
  if (from === undefined || image === after.container.image) return false;
  return new RegExp(`:${from}(?![0-9])[^/]*$`).test(image.replace(/@.*$/, ''));
}

/** Tells a server whose data is elsewhere; whether it did. */
function movesAway(published: ObjectIndex, objects: ObjectIndex, change: ServerChange, report: Report): boolean {
  const { before, after } = change;
  const old = dataLocation(published, before)?.kept;
  const location = dataLocation(objects, after);
  if (old === undefined || location === undefined || isSame(old, location.kept)) return false;
  const now = location.kept === undefined ? `${location.folder} outside of every claim` : describeFolder(location.kept);
  const elsewhere = after.workload.namespace !== old.namespace;
  report(
    foundAt(
      after.workload.rendered,
      `${after.container.path}.volumeMounts`,
      `the server starts empty; the data stays at ${describeFolder(old)}${elsewhere ? ` in the namespace ${old.namespace}` : ''}; keep names, mount and data folder as they are published, got ${now}`,
    ),
  );
  return true;
}

const isSame = (a: KeptFolder, b: KeptFolder | undefined): boolean =>
  a.namespace === b?.namespace && a.claim === b.claim && a.folder === b.folder;

/** What images make in an empty folder only, by the variable that names it: those of the databases, and of others that no plug-in is there for. */
const firstContents: readonly (readonly [variable: string, what: string])[] = [
  ...everyDatabase.flatMap((database) => Object.entries(database.firstContents)),
  ['MYSQL_DATABASE', 'database'],
  ['MYSQL_USER', 'user'],
  ['MARIADB_DATABASE', 'database'],
  ['MARIADB_USER', 'user'],
];

function compareContents(about: {
  readonly published: ObjectIndex;
  readonly objects: ObjectIndex;
  readonly change: ServerChange;
  readonly variable: string;
  readonly what: string;
  readonly report: Report;
}): void {
  const { before, after } = about.change;
  const old = variableOf(about.published, before.workload, before.container, about.variable);
  const now = variableOf(about.objects, after.workload, after.container, about.variable);
  if (old === undefined || now === undefined || old === now) return;
  about.report(
    foundAt(
      after.workload.rendered,
      `${after.container.path}.env`,
      `the ${about.what} "${now}" (${about.variable}) is made in an empty folder only, and the published data has "${old}"; write "${old}", or rename it in the server first`,
    ),
  );
}
