import { registryRepositoryOf, type Delivery } from '../../model/delivery.ts';
import { BUILD_ENVIRONMENT } from '../../model/derived/actions-environments.ts';
import type { Repository } from '../../model/repository.ts';
import type { Supply } from '../../model/supply.ts';
import { actions } from '../../hosts/workflow/actions.ts';
import {
  environmentOfLogins,
  loginSteps,
  registryLogins,
  registryPermission,
} from '../../hosts/workflow/registry-logins.ts';
import type { BuiltTag, Call } from '../../hosts/workflow/call.ts';
import { expression, type Job, type Step } from '../../hosts/workflow/workflow.ts';
import { packagedChartsOf } from '../../model/derived/charts/packaged-charts.ts';
import { lookFor, lookId } from './made-once.ts';
import { packageSteps, pushSteps } from './chart-steps.ts';

/** A Git tag may hold a plus sign, as a semantic version does, and a tag of an image may not. */
const imageTag = (gitTag: string): Step => ({
  name: 'Turn the Git tag into a tag of images',
  id: 'image-tag',
  env: { GIT_TAG: gitTag },
  run: 'echo "tag=${GIT_TAG//+/_}" >> "$GITHUB_OUTPUT"',
});

/**
 * Builds every image of the supplies in one job, whose outputs are the references with their digests. Charts are packaged and looked at before
 * anything is pushed, and pushed after the images.
 *
 * @param built - what is built. @default - the commit that the run is of, which the images get as their tag
 */
export function buildJob(delivery: Delivery, source: Repository, supplies: readonly Supply[], built?: BuiltTag): Job {
  const images = supplies.flatMap(imagesOf);
  const repositoryOf = (artifact: string): string => registryRepositoryOf(delivery, artifact);
  const tag = expression(built === undefined ? 'github.sha' : 'steps.image-tag.outputs.tag');
  const pushed = madeOf(supplies).map(repositoryOf);
  // A chart has the version with whatever Git takes in it.
  const version = built?.gitTag ?? tag;
  const commit = built?.commit ?? expression('github.sha');
  // What a chart names by its version alone must not become other bits.
  const once = supplies.flatMap(packagedChartsOf).length > 0 ? images.map(({ artifact }) => artifact) : [];
  const digestOf = (artifact: string): string =>
    once.includes(artifact)
      ? `steps.${artifact}.outputs.digest || steps.${lookId(artifact)}.outputs.digest`
      : `steps.${artifact}.outputs.digest`;
  const logins = registryLogins(delivery, source, BUILD_ENVIRONMENT, pushed);
  return {
    name: nameOf(supplies, 'Build each image once'),
    ...environmentOfLogins(logins),
    permissions: { contents: 'read', ...registryPermission(logins) },
    timeoutMinutes: minutesOf(supplies),
    outputs: Object.fromEntries(
      madeOf(supplies).map((artifact) => [
        artifact,
        `${repositoryOf(artifact)}:${tag}@${expression(digestOf(artifact))}`,
      ]),
    ),
    steps: [
      {
        name: 'Check out the source',
        uses: actions.checkout,
        with: { ...(built === undefined ? {} : { ref: built.commit }), 'persist-credentials': false },
      },
      ...loginSteps(logins),
      ...setUpBuildx(supplies),
      ...(built === undefined ? [] : [imageTag(built.gitTag)]),
      ...packageSteps(delivery, supplies, version),
      ...once.map((artifact) => lookFor(artifact, `${repositoryOf(artifact)}:${tag}`, commit)),
      ...images.map(({ artifact, context, dockerfile }): Step => ({
        name: `Build and push ${artifact}`,
        id: artifact,
        ...(once.includes(artifact) ? { if: `steps.${lookId(artifact)}.outputs.digest == ''` } : {}),
        uses: actions.buildPush,
        with: {
          context,
          ...(dockerfile === undefined ? {} : { file: dockerfile }),
          push: true,
          tags: `${repositoryOf(artifact)}:${tag}`,
          // Of what the tag names, where Kargo looks, and of each platform, where others do.
          annotations: `index,manifest:org.opencontainers.image.revision=${commit}`,
        },
      })),
      ...pushSteps(delivery, supplies, version),
    ],
  };
}

/** What charts are packaged at where nothing is published. */
const triedVersion = '0.0.0';

/**
 * Builds every image of the supplies and packages every chart, and pushes none: it is in no GitHub environment, logs in nowhere, and may read
 * the source.
 */
export const tryJob = (delivery: Delivery, supplies: readonly Supply[]): Job => ({
  name: nameOf(supplies, 'Build each image, and push none'),
  permissions: { contents: 'read' },
  timeoutMinutes: minutesOf(supplies),
  steps: [
    { name: 'Check out the source', uses: actions.checkout, with: { 'persist-credentials': false } },
    ...setUpBuildx(supplies),
    ...packageSteps(delivery, supplies, triedVersion),
    ...supplies.flatMap(imagesOf).map(({ artifact, context, dockerfile }): Step => ({
      name: `Build ${artifact}`,
      uses: actions.buildPush,
      with: { context, ...(dockerfile === undefined ? {} : { file: dockerfile }), push: false },
    })),
  ],
});

const minutesOf = (supplies: readonly Supply[]): number =>
  supplies.reduce((sum, { buildMinutes = 30 }) => sum + buildMinutes, 0);

/**
 * Hands the references that {@link buildJob} made to the promotion, through the environment.
 *
 * @param wanted - names of the artifacts that are handed on. @default - every one
 */
export function builtImages(supplies: readonly Supply[], job: string, wanted?: ReadonlySet<string>): Call {
  const variables = madeOf(supplies)
    .filter((artifact) => wanted?.has(artifact) ?? true)
    .map((artifact) => [artifact, `IMAGE_${artifact.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`] as const);
  return {
    env: Object.fromEntries(
      variables.map(([artifact, variable]) => [variable, expression(`needs.${job}.outputs.${artifact}`)]),
    ),
    arguments: variables.map(([artifact, variable]) => `--image "${artifact}=$${variable}"`),
  };
}

/** Names of the artifacts that the job makes: images, then charts. */
const madeOf = (supplies: readonly Supply[]): readonly string[] =>
  [...supplies.flatMap(imagesOf), ...supplies.flatMap(packagedChartsOf)].map(({ artifact }) => artifact);

/** What a job is called; where it packages charts, it says so. */
const nameOf = (supplies: readonly Supply[], name: string): string =>
  supplies.flatMap(packagedChartsOf).length === 0
    ? name
    : name.replace('each image', supplies.flatMap(imagesOf).length === 0 ? 'each chart' : 'each image and chart');

const setUpBuildx = (supplies: readonly Supply[]): readonly Step[] =>
  supplies.flatMap(imagesOf).length === 0 ? [] : [{ name: 'Set up Buildx', uses: actions.setupBuildx }];

const imagesOf = (supply: Supply) => (supply.builder.kind === 'githubActions' ? supply.builder.images : []);
