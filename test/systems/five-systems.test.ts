import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../../src/model/validation/validate.ts';
import { lackingCredentials } from '../../src/workflows/lacking-credentials.ts';
import '../support/patience.ts';
import { carriedOutPart } from './carried-out-part.ts';
import { catService } from './cat-service.ts';
import { craftista } from './craftista.ts';
import { DeliveredSystem } from './delivered-system.ts';
import { goSampleApp } from './go-sample-app.ts';
import { podinfo } from './podinfo.ts';
import { findings } from './rendered-system.ts';
import { replacements } from './replacements.ts';
import { theProject } from './the-project.ts';

const systems = { theProject, catService, goSampleApp, podinfo, craftista };

describe.each(Object.entries(systems))('%s, as far as it is carried out', (_, system) => {
  const { delivery } = carriedOutPart(system.mended);

  test('has nothing that is refused once its replacements are made', () => {
    expect([...problemsOf(delivery), ...lackingCredentials(delivery)]).toEqual([]);
  });

  test('fails the checks for its true defects, and for nothing else', () => {
    expect(findings(carriedOutPart(system.corrected).delivery)).toEqual(system.found);
    expect(findings(delivery)).toEqual([]);
  });

  test('is published, and promoted from its builds to its last stage, and stays as it is when it is published again', async () => {
    const delivered = await DeliveredSystem.at(delivery, system.course);

    expect(await delivered.publishAll()).toEqual(system.published);
    expect(await delivered.promoteThrough()).toEqual(system.promoted);
    expect(await delivered.told()).toEqual(system.told);
    // Of each environment what was brought last.
    const last = new Map(system.promoted.map((line) => [line.replace(/:.*/, ''), line]));
    expect(await delivered.publishAll()).toEqual(
      [...last.values()].map((line) => line.replace(/: \w+ /, ': unchanged ')),
    );
  });
});

describe('what takes the place of words that nothing carries out', () => {
  const made = Object.values(systems).map(({ corrected }) => carriedOutPart(corrected).replaced);

  test('is needed by a system, each', () => {
    const used = new Set(made.flat());

    expect(replacements.filter((replacement) => !used.has(replacement)).map(({ says }) => says)).toEqual([]);
  });

  test('is little for the system that is the nearest, and not the same for all', () => {
    expect(Object.fromEntries(Object.keys(systems).map((name, i) => [name, made[i]?.length]))).toEqual({
      theProject: 2,
      catService: 4,
      goSampleApp: 10,
      podinfo: 9,
      craftista: 9,
    });
  });
});
