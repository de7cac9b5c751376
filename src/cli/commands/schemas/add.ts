import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import writeFileAtomic from 'write-file-atomic';
import { ProblemsError, type Problem } from '../../../model/problem.ts';
import {
  definedIn,
  joined,
  projectSchemasFolder,
  projectSchemasText,
} from '../../../review/schema/custom/project-schemas.ts';
import { projectSchemas } from '../../../review/schema/schema-files.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import type { Define } from '../../command.ts';

/** `portolan schemas add`: what the project's own custom resources look like, for the check `schema`; beside project.ts, where no install removes it. */
export const define: Define = (command, act) => {
  withExamples(
    command.argument('<action>', 'add').argument('<file...>', 'files with custom resource definitions, YAML or JSON'),
    'schemas add crds/queues.yaml',
  ).action(
    act(({ projectFolder, terminal }, action: string, files: readonly string[]) => {
      if (action !== 'add') throw new UsageError(`schemas: must be followed by "add", got "${action}"`);
      const problems: Problem[] = [];
      const known = new Map(projectSchemas(projectFolder));
      const added = new Map<string, readonly string[]>();
      const leftOut: string[] = [];
      for (const file of files) {
        const { groups, problems: wrong, leftOut: notChecked } = definedInFile(file);
        problems.push(...wrong);
        leftOut.push(...notChecked);
        for (const [group, schemas] of groups) {
          known.set(group, joined(known.get(group), schemas));
          added.set(group, [...new Set([...(added.get(group) ?? []), ...Object.keys(schemas.kinds)])].sort());
        }
      }
      // All of them or none: half an addition would look like a whole one.
      if (problems.length > 0) throw new ProblemsError('what was to be added', problems);
      const folder = join(projectFolder, projectSchemasFolder);
      mkdirSync(folder, { recursive: true });
      for (const [group, kinds] of added) {
        const schemas = known.get(group);
        if (schemas === undefined) continue;
        writeFileAtomic.sync(join(folder, `${group}.json`), projectSchemasText(schemas));
        terminal.say(`${projectSchemasFolder}/${group}.json: ${kinds.join(', ')}`);
      }
      if (leftOut.length > 0)
        terminal.say(
          `The cluster alone checks ${leftOut.length === 1 ? 'one rule' : `${leftOut.length} rules`} of them: ${leftOut.slice(0, 3).join(', ')}${leftOut.length > 3 ? ', …' : ''}`,
        );
      terminal.say('Commit it: the check "schema" holds these kinds against it from now on.');
      terminal.result({ added: Object.fromEntries(added), leftOut });
      return true;
    }),
  );
};

function definedInFile(file: string): ReturnType<typeof definedIn> {
  try {
    // Without the schema for dates and the like: a definition's texts are texts.
    return definedIn(loadAll(readFileSync(file, 'utf8'), undefined, { schema: CORE_SCHEMA }), file);
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { groups: new Map(), leftOut: [], problems: [{ path: file, message: `cannot be read: ${reason}` }] };
  }
}
