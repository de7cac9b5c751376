import { describe, expect, test } from '@jest/globals';
import { noLoop } from '../../../src/model/rules/promotion/no-loop.ts';
import { defects, refusals, told } from '../../support/told.ts';
import { asItIs, corrected, withPersonalToken } from './the-project.ts';

const database = (environment: string): string =>
  `environments.${environment}.applications.the-project.databases.postgresql-db`;

describe('the-project: one repository, a build for each environment', () => {
  test('can be said without its defects', () => {
    expect(defects(corrected)).toEqual([]);
  });

  test('fails where nothing carries it out yet', () => {
    expect(refusals(corrected)).toEqual(['repositories.devops-kubernetes.holds[1]: config']);
  });

  test('fails as it is, for its defects', () => {
    expect(defects(asItIs)).toEqual([
      // Any restart of the database may jump a major version.
      `${database('staging')}.version: must be an exact minor version, e.g. "18.1", got "latest"`,
      `${database('production')}.version: must be an exact minor version, e.g. "18.1", got "latest"`,
      // Q28: run again, the init script would drop the database.
      ...['staging', 'production'].map(
        (name) =>
          `${database(name)}.initSql: only makes what is missing; remove the statement that drops or empties something, got "DROP DATABASE IF EXISTS \\"todos-${name}\\";"`,
      ),
      // Nothing ever restores a dump.
      `${database('production')}.backup.restoreDrill.schedule: never fires; choose a day that the month has, got "0 0 31 2 *"`,
      `${database('production')}.backup.restoreDrill.expectTables: must name at least one table, else an empty restore passes, got []`,
      // Q3: production is built from the tag and runs bits that staging never ran.
      'stages.production.intake: deploys a build of todo-app that stages.staging never ran; take from stage "staging", or write rebuild: true',
      // Q8: any tag on any commit qualifies.
      'stages.production.gate: anybody may push a tag like v4.9.* to devops-kubernetes; protect them with repositories.devops-kubernetes.tags, got "v4.9.*"',
      // Q1: production follows main.
      'stages.production.write: branch main of devops-kubernetes is not covered by the gate: any commit on it passes the gate by; follow a branch of an ops repository that only this stage writes',
    ]);
  });

  test('loops by its token alone: it passes with the token of the run and fails with a personal one', () => {
    const files = 'apps/the-project/overlays/staging/kustomization.yaml';
    const event = `by a push to branch main of devops-kubernetes that changes ${files}`;
    const remedy = 'write to another repository or branch, or leave what is written out of the paths that trigger';

    expect(told(noLoop, asItIs)).toEqual([]);
    expect(told(noLoop, withPersonalToken)).toEqual([
      `stages.staging.write: starts supplies.commits again ${event}; ${remedy}`,
      `stages.staging.write: starts stages.staging again ${event}; ${remedy}`,
    ]);
  });

  test('passes the rule against loops with a personal token once the overlay is not among the paths, or the branch is another', () => {
    const withoutOverlay = withPersonalToken.supplies.map((supply) => ({
      ...supply,
      triggers: supply.triggers.map((trigger) =>
        trigger.on === 'push' ? { ...trigger, paths: ['the_project/**'] } : trigger,
      ),
    }));
    const stages = withPersonalToken.stages.map((stage) => ({
      ...stage,
      triggers: stage.triggers.map((trigger) =>
        trigger.on === 'push' ? { ...trigger, paths: ['the_project/**'] } : trigger,
      ),
    }));

    expect(told(noLoop, { ...withPersonalToken, supplies: withoutOverlay, stages })).toEqual([]);
    expect(
      told(noLoop, {
        ...withPersonalToken,
        stages: withPersonalToken.stages.map((stage) => ({ ...stage, write: { ...stage.write, branch: 'deploy' } })),
      }),
    ).toEqual([]);
  });
});
