// Writes the workflows of the todo system as they are where workflows run Pulumi and keep a page, for what reads files: FOLDER.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import project from '../../project.ts';
import { unitsOf } from '../../src/model/derived/units.ts';
import { repositoryWorkflows, unitWorkflows, type WorkflowFiles } from '../../src/workflows/workflows-of.ts';
import { withProvisioning } from './provisioning.ts';
import { settings } from './settings.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
const delivery = {
  ...withProvisioning(project(settings)),
  page: { keptIn: 'gitHubPages', readers: 'everyone' },
} as const;
const all: readonly (readonly [string, WorkflowFiles])[] = [
  ...Object.entries(repositoryWorkflows(delivery)),
  ...unitsOf(delivery).map((unit) => [unit.branch, unitWorkflows(delivery, unit)] as const),
];
for (const [place, files] of all)
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, place, path)), { recursive: true });
    writeFileSync(join(folder, place, path), text);
  }
