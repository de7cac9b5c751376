import { describe, expect, test } from '@jest/globals';
import project from '../../../project.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { settings } from '../../support/settings.ts';
import { findings } from '../../systems/rendered-system.ts';

const delivery = project(settings, 'flux');

describe('the product with one word changed, so that Flux follows it', () => {
  test('is valid', () => {
    expect([...problemsOf(delivery), ...lackingCredentials(delivery)]).toEqual([]);
  });

  test('has findings of the same checks on the same objects as with Argo CD, and no other', () => {
    expect(findings(delivery)).toEqual(findings(project(settings)));
  });
});
