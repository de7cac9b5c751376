import type { Delivery } from '../src/model/delivery.ts';
import type { Service } from '../src/model/service.ts';
import type { Stage } from '../src/model/stage.ts';

/** A service of its own that runs an image which the first application runs too: the two may run different versions of it. */
const lamp = (artifact: string): Service => ({
  name: 'lamp',
  containers: [
    {
      name: 'lamp',
      image: { artifact },
      readiness: { action: { kind: 'exec', command: ['test', '-d', '/proc/1'] }, periodSeconds: 5 },
      liveness: { action: { kind: 'exec', command: ['kill', '-0', '1'] }, periodSeconds: 10 },
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
    },
  ],
  runAs: { user: 1000, group: 1000 },
});

const on = (stage: Stage, application: string): Stage => ({
  ...stage,
  application,
  write: { ...stage.write, branch: `app/${stage.environment}/${application}` },
});

/** The stage of the lamp that stands beside one of the first application. */
const beside = (stage: Stage): Stage => ({
  ...on(stage, 'lamp'),
  name: `${stage.name}-lamp`,
  intake:
    stage.intake.from !== 'stages'
      ? stage.intake
      : { from: 'stages', stages: stage.intake.stages.map((name) => `${name}-lamp`) },
  triggers: stage.intake.from === 'supply' ? stage.triggers : [{ on: 'manual' }],
});

/**
 * A delivery with one application in each environment, as it is with a second one that moves by itself.
 *
 * @param artifact - whose image the second one runs
 */
export const withLamp = (delivery: Delivery, artifact: string): Delivery => ({
  ...delivery,
  environments: delivery.environments.map((environment) => ({
    ...environment,
    applications: [...environment.applications, { name: 'lamp', services: [lamp(artifact)] }],
  })),
  stages: delivery.stages.flatMap((stage) => [on(stage, stage.application), beside(stage)]),
});
