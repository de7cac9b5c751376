import type { Artifact } from '../../model/artifact.ts';
import type { Delivery } from '../../model/delivery.ts';
import { wholeCommit } from '../../model/formats/commit.ts';
import { hostOf } from '../../model/formats/host.ts';
import { originsOf } from '../../model/derived/origins.ts';
import { nameOf, typed, unitOfStage } from '../../model/derived/units.ts';
import { writeMode, type Stage } from '../../model/stage.ts';
import { textAt } from '../../objects/fields-at.ts';
import type { RenderedAround } from '../../objects/tools/tool-in-cluster.ts';

/** A step of a promotion. Kargo checks its configuration when it runs it, and not before. */
export interface PromotionStep {
  readonly uses: string;
  /** What later steps call what it puts out. @default - nobody asks */
  readonly as?: string;
  /** What its own expressions are said with. @default - nothing */
  readonly vars?: readonly { readonly name: string; readonly value: string }[];
  /** Expression of whether it runs. @default - unless one before it failed */
  readonly if?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Where the branch lies while a promotion runs. */
const folder = './branch';

/** Kargo replaces `${{ … }}` by what the expression gives. */
const expression = (code: string): string => `\${{ ${code} }}`;

/**
 * Text as it is: a version such as 1.10 would become a number.
 *
 * @see https://docs.kargo.io/user-guide/reference-docs/expressions
 */
const text = (code: string): string => expression(`quote(${code})`);

const imageOf = ({ repository }: Artifact): string => `imageFrom(${JSON.stringify(repository)})`;

/**
 * The steps of a promotion to a stage: the branch is read, a hold ends it, exactly the fields that a release sets are written, in one commit, on the
 * branch or in a pull request, and Argo CD has brought that very commit into the cluster.
 */
export function promotionSteps(delivery: Delivery, stage: Stage, around: RenderedAround): readonly PromotionStep[] {
  const { write } = stage;
  const repoURL = delivery.repositories.find(({ name }) => name === write.repository)?.url ?? '';
  const artifacts = movedBy(delivery, stage);
  const byPullRequest = writeMode(stage) === 'pullRequest';
  return [
    {
      uses: 'git-clone',
      config: {
        repoURL,
        author: { name: write.author.name, email: write.author.email },
        checkout: [{ branch: write.branch, path: folder }],
      },
    },
    ...holdSteps(delivery, stage, artifacts),
    ...updates(stage, artifacts, around),
    { uses: 'git-commit', as: 'commit', config: { path: folder, message: message(stage, artifacts) } },
    ...(byPullRequest ? proposal(delivery, stage, repoURL, artifacts) : [push({})]),
    ...sync(stage, around, byPullRequest),
  ];
}

/** The images that a release of a stage moves: those of the supply that it first came from. */
function movedBy(delivery: Delivery, stage: Stage): readonly Artifact[] {
  const names = originsOf(stage, delivery).flatMap((supply) => supply.artifacts);
  return delivery.artifacts.filter(({ kind, name }) => kind === 'image' && names.includes(name));
}

/**
 * A hold on the branch ends the promotion with its reason: one that a person put always, one of a rollback unless everything is at least as new as
 * what was taken away, and something newer.
 */
function holdSteps(delivery: Delivery, stage: Stage, artifacts: readonly Artifact[]): readonly PromotionStep[] {
  const unit = unitOfStage(delivery, stage);
  const compare = (artifact: Artifact, how: 'LessThan' | 'GreaterThan'): string => {
    const images = `.of.applications[${JSON.stringify(stage.application)}].images`;
    const before = `${images}[${JSON.stringify(artifact.name)}].tag`;
    return `semverParse(${imageOf(artifact)}.Tag).${how}(semverParse(${before}))`;
  };
  const newer = artifacts.map((artifact) => compare(artifact, 'GreaterThan')).join(' || ');
  const older = artifacts.length < 2 ? [] : artifacts.map((artifact) => compare(artifact, 'LessThan'));
  const stops = ['.kind != "rollback"', ...older, `!(${newer})`].join(' || ');
  return [
    {
      uses: 'yaml-parse',
      as: 'branch',
      config: { path: `${folder}/release.yaml`, outputs: [{ name: 'holds', fromExpression: 'holds ?? []' }] },
    },
    {
      uses: 'fail',
      as: 'held',
      vars: [{ name: 'holds', value: expression(`filter(outputs.branch?.holds ?? [], ${stops})`) }],
      if: expression('success() && len(vars.holds) > 0'),
      config: {
        message: `${nameOf(unit)} is held by ${expression('vars.holds[0].by')}: ${expression('vars.holds[0].reason')}; let it go with: npx portolan unhold ${typed(unit)}`,
      },
    },
  ];
}

/** Writes each field that a release sets, and nothing else: tag and digest, as the branch has them. */
function updates(stage: Stage, artifacts: readonly Artifact[], around: RenderedAround): readonly PromotionStep[] {
  const byName = new Map(artifacts.map((artifact) => [artifact.name, artifact]));
  const byFile = new Map<string, { readonly key: string; readonly value: string }[]>();
  for (const { file, keys, artifact: name } of around.released(stage)) {
    const artifact = byName.get(name);
    if (artifact === undefined) continue;
    const image = imageOf(artifact);
    const value = text(`${JSON.stringify(`${artifact.repository}:`)} + ${image}.Tag + "@" + ${image}.Digest`);
    byFile.set(file, [...(byFile.get(file) ?? []), { key: keys.map(keyPart).join('.'), value }]);
  }
  return [...byFile].map(([file, changes]) => ({
    uses: 'yaml-update',
    config: { path: `${folder}/${file}`, updates: changes },
  }));
}

/** A part of a key as Kargo reads it: a dot within it is escaped, and digits that are a name begin with a colon. */
const keyPart = (part: string | number): string =>
  typeof part === 'number' ? String(part) : `${/^-?\d+$/.test(part) ? ':' : ''}${part.replaceAll(/[.:]/g, '\\$&')}`;

/** Versions of the images, as a subject names them. */
const versionOf = (artifacts: readonly Artifact[]): string => {
  const [only, ...others] = artifacts.map((artifact) => `${imageOf(artifact)}.Tag`);
  return expression(others.length === 0 ? (only ?? '""') : `join(uniq(sort([${[only, ...others].join(', ')}])), "+")`);
};

const subject = ({ write, environment }: Stage, artifacts: readonly Artifact[]): string =>
  write.message.replaceAll('{environment}', environment).split('{version}').join(versionOf(artifacts));

/**
 * The commit of the source that an image says it was built from, with the image, as the history shows it; nothing where it says none. Kargo knows the
 * annotations of what a tag names, an index or a manifest, and no label.
 */
function sourceSaid(artifact: Artifact): string {
  const image = imageOf(artifact);
  const said = `${image}.Annotations["org.opencontainers.image.revision"]`;
  const named = `${JSON.stringify(` (${artifact.repository}:`)} + ${image}.Tag + "@" + ${image}.Digest + ")"`;
  const isCommit = `${said} matches ${JSON.stringify(wholeCommit.source)}`;
  return expression(`${isCommit} ? "\\nSource-Commit: " + ${said} + ${named} : ""`);
}

/** The subject as this program writes it, and trailers for people; the history shows what they say of the source. */
function message(stage: Stage, artifacts: readonly Artifact[]): string {
  const trailers = [
    ['Asked-By', expression('ctx.meta.promotion.actor == "" ? "Kargo" : ctx.meta.promotion.actor')],
    ['Run', `${expression('ctx.project')}/${expression('ctx.promotion')} of Kargo`],
    ['Freight', expression('ctx.targetFreight.name')],
  ];
  const said = trailers.map(([name = '', value = '']) => `${name}: ${value}`).join('\n');
  return `${subject(stage, artifacts)}\n\n${said}${artifacts.map(sourceSaid).join('')}\n`;
}

const push = (to: Readonly<Record<string, unknown>>): PromotionStep => ({
  uses: 'git-push',
  as: 'push',
  config: { path: folder, ...to },
});

/** Runs only where the commit changed something: there is no pull request of nothing. */
const changed = expression('success() && status("commit") == "Succeeded"');

/** A branch of its own, a pull request from it, and whoever merges that. */
function proposal(
  delivery: Delivery,
  stage: Stage,
  repoURL: string,
  artifacts: readonly Artifact[],
): readonly PromotionStep[] {
  const provider = hostOf(repoURL, delivery.gitHubHost) === 'github' ? { provider: 'github' } : {};
  const where = { repoURL, ...provider };
  return [
    { ...push({ generateTargetBranch: true, ...provider }), if: changed },
    {
      uses: 'git-open-pr',
      as: 'open',
      if: changed,
      config: {
        ...where,
        sourceBranch: expression('outputs.push.branch'),
        targetBranch: stage.write.branch,
        title: subject(stage, artifacts),
      },
    },
    {
      uses: 'git-wait-for-pr',
      as: 'merged',
      if: changed,
      config: { ...where, prNumber: expression('outputs.open.pr.id') },
    },
  ];
}

/** Has Argo CD bring in the commit, and calls the stage healthy while it is that one which runs. */
function sync(stage: Stage, around: RenderedAround, byPullRequest: boolean): readonly PromotionStep[] {
  const followed = around.follower(stage);
  if (followed === undefined) return [];
  const { name, namespace } = followed.metadata;
  const desiredRevision = byPullRequest
    ? expression('status("merged") == "Succeeded" ? outputs.merged.commit : outputs.commit.commit')
    : expression('outputs.push.commit');
  const source = { repoURL: textAt(followed, 'spec', 'source', 'repoURL'), desiredRevision };
  return [
    {
      uses: 'argocd-update',
      config: { apps: [{ name, ...(namespace === undefined ? {} : { namespace }), sources: [source] }] },
    },
  ];
}
