import type { TektonBuilder } from '../../builders/tekton-builder.ts';
import type { Delivery } from '../../delivery.ts';
import { builtSourceOf } from '../../derived/kpack/built-source.ts';
import { pushesOf } from '../../derived/pushes.ts';
import { labelCharacters } from '../../derived/tekton/promoted-by-runs.ts';
import { notOnGitHub, hostOf } from '../../formats/host.ts';
import { imageReference } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';

/** What Tekton replaces by a value before a shell reads it. */
const replaced = /\$\((?:params|context|workspaces|results|steps|step|tasks|inputs)[.[]/;

/** What Tekton builds is said as Tekton can carry it out: of one branch alone, by tools that are the same tomorrow, with nothing in a script that Tekton replaces. */
export const tektonSupplies = (delivery: Delivery): readonly Problem[] =>
  delivery.supplies.flatMap((supply) => {
    const { builder } = supply;
    return builder.kind === 'tekton'
      ? [
          ...toolProblems(supply.name, builder),
          ...taskProblems(supply.name, builder),
          ...artifactProblems(delivery, supply, builder),
          ...sourceProblems(delivery, supply),
        ]
      : [];
  });

function toolProblems(supply: string, { tools, tasks }: TektonBuilder): readonly Problem[] {
  const path = `supplies.${supply}.builder`;
  const named = [
    ...Object.entries(tools).map(([tool, image]) => ({ at: `${path}.tools.${tool}`, image })),
    ...tasks.map(({ name, image }) => ({ at: `${path}.tasks.${name}.image`, image })),
  ];
  return named.flatMap(({ at, image }) =>
    imageReference(image)?.digest === undefined
      ? [
          {
            path: at,
            message: 'must name an image by its digest, e.g. "golang@sha256:…": a tag is another image tomorrow',
            given: image,
          },
        ]
      : [],
  );
}

function taskProblems(supply: string, { tasks }: TektonBuilder): readonly Problem[] {
  return tasks.flatMap(({ name, script }, i): readonly Problem[] => {
    const path = `supplies.${supply}.builder.tasks.${name}`;
    const problems: Problem[] = [];
    if (!/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name))
      problems.push({
        path,
        message: 'must be lower-case letters, digits and dashes, 20 at most, e.g. "lint"',
        given: name,
      });
    else if (tasks.findIndex((task) => task.name === name) < i)
      problems.push({ path, message: 'is there already; give each task its own name', given: name });
    if (script.trim() === '')
      problems.push({
        path: `${path}.script`,
        message: 'must say what is run, e.g. "go test ./..."',
        given: script,
      });
    const found = replaced.exec(script)?.[0];
    if (found !== undefined)
      problems.push({
        path: `${path}.script`,
        message: `must not hold ${found}…, which Tekton would replace by text that a shell then runs; read a variable of env`,
        given: found,
      });
    return problems;
  });
}

function artifactProblems(
  delivery: Delivery,
  { name, artifacts }: Supply,
  { images }: TektonBuilder,
): readonly Problem[] {
  const path = `supplies.${name}`;
  return artifacts.flatMap((artifact, i): readonly Problem[] => {
    const problems: Problem[] = [];
    const built = images.filter((image) => image.artifact === artifact).length;
    if (built !== 1)
      problems.push({
        path: `${path}.artifacts[${i}]`,
        message: `must be built once: write { artifact: "${artifact}", context: "." } in builder.images, and that alone`,
        given: artifact,
      });
    const kind = delivery.artifacts.find((it) => it.name === artifact)?.scheme.kind;
    if (kind !== undefined && kind !== 'gitSha')
      problems.push({
        path: `artifacts.${artifact}.scheme.kind`,
        message: 'is not carried out yet where Tekton builds, which tags each image with its commit; write "gitSha"',
        given: kind,
      });
    const longest = `${name}-image-${artifact}`;
    if (longest.length > labelCharacters)
      problems.push({
        path: `${path}.name`,
        message: `makes the name ${longest}, and Tekton takes ${labelCharacters} characters at most; shorten it`,
        given: name,
      });
    return problems;
  });
}

function sourceProblems(delivery: Delivery, supply: Supply): readonly Problem[] {
  const { name, triggers, copiesTo } = supply;
  const path = `supplies.${name}`;
  const problems: Problem[] = [];
  const source = builtSourceOf(delivery, supply)?.repository;
  if (copiesTo !== undefined)
    problems.push({
      path: `${path}.copiesTo`,
      message: 'is not carried out yet where Tekton builds, which tests each commit itself; leave it out',
      given: copiesTo.repository,
    });
  if (source !== undefined && hostOf(source.url, delivery.gitHubHost) !== 'github')
    problems.push({
      path: `${path}.source`,
      message: `is not carried out yet for a source at ${source.url}, ${notOnGitHub(delivery.gitHubHost)}, whose signatures nobody checks; write { kind: "external" }`,
      given: name,
    });
  const pushes = pushesOf(triggers);
  const [first] = pushes;
  if (
    pushes.length !== 1 ||
    first?.branches.length !== 1 ||
    /[*?[\]!+]/.test(first.branches[0] ?? '') ||
    first.branchesIgnore !== undefined ||
    first.paths !== undefined
  )
    problems.push({
      path: `${path}.triggers`,
      message:
        'must be one push to one branch, whatever changes: a run builds no commit that is not on the branch that is built',
      given: pushes.flatMap((push) => push.branches),
    });
  triggers.forEach((trigger, i) => {
    if (trigger.on !== 'push')
      problems.push({
        path: `${path}.triggers[${i}].on`,
        message:
          trigger.on === 'pullRequest'
            ? 'is not carried out yet where Tekton builds, next to what publishes; let a workflow of the source test what nobody merged, and leave it out'
            : 'is not carried out yet where Tekton builds, which GitHub tells of pushes; leave it out',
        given: trigger.on,
      });
    else if (trigger.by !== 'webhook')
      problems.push({
        path: `${path}.triggers[${i}].by`,
        message: 'must be "webhook": GitHub tells the listener of each push',
        given: trigger.by ?? 'workflow',
      });
  });
  return problems;
}
