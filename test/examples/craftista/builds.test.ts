import { describe, expect, test } from '@jest/globals';
import { programWorkflows } from '../../../src/workflows/program-workflows.ts';
import { sourceWorkflows } from '../../../src/workflows/source-workflows.ts';
import { byWorkflows, craftista, services } from './example.ts';

/** The workflow that delivers a service, as data. */
const deliveryOf = (service: string, delivery = craftista()) => {
  const source = delivery.repositories.find(({ name }) => name === `craftista-${service}`)!;
  return sourceWorkflows(delivery, source).find(({ file }) => file === `deliver-${service}`)!;
};

describe.each(services)('a push to %s', (service) => {
  test('is linted and tested, gets its version and is built, in this order; Kargo does the rest', () => {
    const { on, jobs } = deliveryOf(service);

    expect(on).toEqual({ push: { branches: ['main'] } });
    expect(Object.entries(jobs).map(([id, { needs = [] }]) => [id, needs])).toEqual([
      ['lint', []],
      ['test', []],
      ['version', ['lint', 'test']],
      ['build', ['lint', 'test', 'version']],
    ]);
  });

  test('promotes to dev itself where workflows promote', () => {
    expect(deliveryOf(service, byWorkflows()).jobs[`promote-${service}-dev`]?.needs).toEqual(['version', 'build']);
  });

  test('enters staging by a workflow of the program that looks whether dev is healthy, where workflows promote', () => {
    const promotionOf = (place: string) =>
      programWorkflows(byWorkflows()).find(({ file }) => file === `promote-${service}-${place}`);

    expect(promotionOf('staging')?.on).toHaveProperty('schedule');
    expect(JSON.stringify(promotionOf('staging')?.jobs)).toContain('--from dev --when-healthy');
    expect(promotionOf('prod')).toBeUndefined();
  });

  test('has one version, which is the tag of the commit and of the image', () => {
    const { jobs } = deliveryOf(service);

    expect(jobs['version']).toMatchObject({
      outputs: { version: '${{ steps.version.outputs.version }}' },
      permissions: { contents: 'write' },
    });
    expect(jobs['build']).toMatchObject({
      if: "needs.version.outputs.version != ''",
      permissions: { contents: 'read' },
      outputs: {
        [service]: `nitheesh86/microservice-${service}:\${{ steps.image-tag.outputs.tag }}@\${{ steps.${service}.outputs.digest }}`,
      },
    });
    expect(JSON.stringify(jobs['build'])).toContain('"GIT_TAG":"${{ needs.version.outputs.version }}"');
  });
});
