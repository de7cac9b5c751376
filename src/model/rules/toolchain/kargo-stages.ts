import { imageReference } from '../../formats/image-reference.ts';
import { isAutomatic, isMovedByKargo } from '../../derived/kargo/moved-by-kargo.ts';
import { originsOf } from '../../derived/origins.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import { stagePath } from '../place.ts';

/** Text that Kargo would take for an expression. */
const expression = /\$\{[{%]/;

function entryProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const problems: Problem[] = [];
  const origins = originsOf(stage, delivery);
  if (origins.length > 1)
    problems.push({
      path: `${path}.intake`,
      message: 'is not carried out yet for several supplies where Kargo promotes; write one supply with all artifacts',
      given: origins.map(({ name }) => name),
    });
  if (stage.intake.from === 'stages') {
    for (const name of stage.intake.stages) {
      const upstream = delivery.stages.find((it) => it.name === name);
      if (upstream !== undefined && !(isMovedByKargo(upstream) && upstream.toolchain === stage.toolchain))
        problems.push({
          path: `${path}.intake`,
          message: `takes from a stage of which this Kargo knows nothing; write the same promoter and toolchain at stages.${name}`,
          given: name,
        });
    }
  }
  if (isWaitingAutomatically(stage))
    problems.push({
      path: `${path}.triggers`,
      message:
        'is not carried out yet where a pull request is the gate, for which a person says what is proposed; write [{ on: "manual" }]',
      given: stage.triggers.map(({ on }) => on),
    });
  const soak = stage.promoter?.kind === 'kargo' ? stage.promoter.soakMinutes : undefined;
  if (soak !== undefined && !(Number.isInteger(soak) && soak >= 1))
    problems.push({ path: `${path}.promoter.soakMinutes`, message: 'must be a whole number, 1 or more', given: soak });
  problems.push(...imageProblems(delivery, stage));
  if (soak !== undefined && stage.intake.from !== 'stages')
    problems.push({
      path: `${path}.promoter.soakMinutes`,
      message: 'is for a stage that takes from others; leave it out',
      given: soak,
    });
  stage.triggers.forEach((trigger, i) => {
    if (trigger.on === 'upstreamHealthy' && trigger.by !== 'poll')
      problems.push({
        path: `${path}.triggers[${i}].by`,
        message: 'is not carried out yet where Kargo promotes, which looks itself; write "poll"',
        given: trigger.by,
      });
    if (trigger.on !== 'artifactPublished') return;
    const discovery = origins.find(({ artifacts }) => artifacts.includes(trigger.artifact))?.discovery;
    const said = trigger.by === 'poll' ? 'registryPoll' : 'registryWebhook';
    if (discovery !== undefined && discovery.kind !== said)
      problems.push({
        path: `${path}.triggers[${i}].by`,
        message: `must be as the discovery of the supply, which is "${discovery.kind}"; write { kind: "${said}" } there`,
        given: trigger.by,
      });
    else if (
      trigger.by === 'poll' &&
      trigger.intervalMinutes !== undefined &&
      discovery?.kind === 'registryPoll' &&
      trigger.intervalMinutes !== discovery.intervalMinutes
    )
      problems.push({
        path: `${path}.triggers[${i}].intervalMinutes`,
        message: 'is said by the discovery of the supply; leave it out here',
        given: trigger.intervalMinutes,
      });
  });
  return problems;
}

/** The image of the job that has Kargo notice the end of soaks: one for a toolchain, and always the same bits. */
function imageProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  if (stage.promoter?.kind !== 'kargo' || stage.promoter.soakImage === undefined) return [];
  const { soakImage: given, soakMinutes } = stage.promoter;
  const path = `${stagePath(stage)}.promoter.soakImage`;
  if (soakMinutes === undefined) return [{ path, message: 'is for a stage with soakMinutes; leave it out', given }];
  if (imageReference(given)?.digest === undefined)
    return [
      { path, message: 'must name an image of kubectl by its digest, e.g. "registry.k8s.io/kubectl@sha256:…"', given },
    ];
  const other = delivery.stages.find(
    ({ promoter, toolchain }) =>
      toolchain === stage.toolchain &&
      promoter?.kind === 'kargo' &&
      promoter.soakMinutes !== undefined &&
      promoter.soakImage !== given,
  );
  return other === undefined
    ? []
    : [
        {
          path,
          message: `must be as at stages.${other.name}, because one job looks at the stages of a toolchain`,
          given,
        },
      ];
}

/** Whether what a person must approve is proposed without a person. */
const isWaitingAutomatically = (stage: Stage): boolean =>
  isAutomatic({ ...stage, gate: { kind: 'none' } }) && stage.gate.kind !== 'none';

function writeProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const problems: Problem[] = [];
  if (stage.toolchain === undefined)
    problems.push({
      path: `${path}.toolchain`,
      message:
        'is not carried out yet where Kargo promotes without one; write the name of a toolchain, which is its project',
    });
  if (stage.gate.kind === 'humanTag')
    problems.push({
      path: `${path}.gate.kind`,
      message: 'is not carried out yet where Kargo promotes; write { kind: "pullRequest" }',
      given: stage.gate.kind,
    });
  if (stage.engine.kind !== 'argocd')
    problems.push({
      path: `${path}.engine.kind`,
      message:
        'is not carried out yet where Kargo promotes, which asks Argo CD whether a release is healthy; write "argocd"',
      given: stage.engine.kind,
    });
  for (const key of ['rebuild', 'versions'] as const)
    if (stage[key] !== undefined && stage[key] !== false)
      problems.push({
        path: `${path}.${key}`,
        message: 'is not carried out yet where Kargo promotes; leave it out',
        given: stage[key],
      });
  if (expression.test(stage.write.message))
    problems.push({
      path: `${path}.write.message`,
      message: 'must not hold "${{" or "${%", which Kargo takes for an expression',
      given: stage.write.message,
    });
  const place = delivery.environments.find(({ name }) => name === stage.environment);
  const tools = delivery.toolchains?.find(({ name }) => name === stage.toolchain);
  const pushing = delivery.credentials.find(({ name }) => name === stage.write.credential);
  if (
    pushing !== undefined &&
    tools !== undefined &&
    !(pushing.store.kind === 'kubernetes' && pushing.store.namespace === tools.namespace)
  )
    problems.push({
      path: `${path}.write.credential`,
      message: `must be one that Kargo finds, kept as { kind: "kubernetes", namespace: "${tools.namespace}", … }`,
      given: pushing.name,
    });
  if (place !== undefined && tools !== undefined && place.cluster.name !== tools.cluster.name)
    problems.push({
      path: `${path}.toolchain`,
      message: `is in another cluster than ${place.name}, whose Argo CD Kargo must ask; name a toolchain in ${place.cluster.name}`,
      given: tools.name,
    });
  return problems;
}

/** A stage that Kargo moves says nothing that Kargo would not do. */
export const kargoStages = (delivery: Delivery): readonly Problem[] =>
  delivery.stages
    .filter(isMovedByKargo)
    .flatMap((stage) => [...entryProblems(delivery, stage), ...writeProblems(delivery, stage)]);
