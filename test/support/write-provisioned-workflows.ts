// Writes the workflows of the todo system's repositories as they are where workflows run Pulumi, for what reads files: FOLDER.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import project from '../../project.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { withProvisioning } from './provisioning.ts';
import { settings } from './settings.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
for (const [repository, files] of Object.entries(repositoryWorkflows(withProvisioning(project(settings)))))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, repository, path)), { recursive: true });
    writeFileSync(join(folder, repository, path), text);
  }
