import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineWorld } from '../engine/engine-world.ts';
import type { Between } from './between.ts';

/** Has a project reach GitHub through the server between them: its address is that of the server, everywhere. */
export function through(between: Between, { project, gitHub }: EngineWorld): void {
  const { host } = new URL(between.address);
  const instead = (text: string): string =>
    text.replaceAll(gitHub.address, between.address).replaceAll(gitHub.host, host);
  project.copy.edit('project.ts', instead);
  const file = join(project.folder, 'Pulumi.platform.yaml');
  writeFileSync(file, instead(readFileSync(file, 'utf8')));
  project.copy.commit('Reach GitHub another way');
}
