import { CORE_SCHEMA, dump } from 'js-yaml';
import { unitOf, unitsIn, type Unit } from '../../model/derived/units.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import type { UnitStatus } from '../../ops/status/read-status.ts';
import { mostTexts, type ObjectTexts, type Review, type ReviewedEnvironment } from '../../page/review/review.ts';
import { diffTrees } from '../../review/diff/diff-trees.ts';
import { redact } from '../../review/diff/redact.ts';
import { isEqual, type ObjectDiff } from '../../review/diff/tree-diff.ts';
import type { TreeObject } from '../../review/diff/tree-object.ts';
import type { Graph } from '../../review/graph/graph.ts';
import { renderSvg } from '../../review/graph/render-svg.ts';
import { commitNamed } from '../arguments/commit-named.ts';
import type { Invocation } from '../command.ts';
import type { OpenProject } from '../project/open-project.ts';
import { branchTree, ofUnits } from '../trees/compared-trees.ts';
import { diffOptionsOf } from '../trees/diff-options.ts';
import { withPrograms } from '../trees/program-trees.ts';

/** Two commits of the branch of one unit. */
export interface ReviewedRevisions {
  readonly unit: Unit;
  /** What names them: commits, or branches of the ops repository. */
  readonly range: readonly [string, string];
}

/** What a page shows of changes that have not happened yet. */
export class Reviews {
  constructor(
    private readonly project: OpenProject,
    private readonly ops: OpsContext,
    /** The topology, of which each review shows its part. */
    private readonly graph: Graph,
  ) {}

  /**
   * What two commits of the program render differently, at the releases that the branches record.
   *
   * @throws UsageError when a commit is not there
   */
  async ofPrograms(invocation: Invocation, [base, head]: readonly [string, string]): Promise<Review> {
    const environments = await withPrograms(invocation, this.ops, [base, head], async (before, after) => {
      const reviewed: ReviewedEnvironment[] = [];
      for (const environment of this.project.delivery.environments) {
        const units = unitsIn(this.project.delivery, environment);
        const [left, right] = [await before.render(environment.name), await after.render(environment.name)];
        reviewed.push(this.compared(environment.name, ofUnits(left, units), ofUnits(right, units)));
      }
      return reviewed;
    });
    return this.review('program', `${shown(base)}..${shown(head)} of the program`, environments);
  }

  /** What each proposal to a unit would change: of open pull requests, or of branches where no host was asked for them. */
  async ofProposals(status: UnitStatus): Promise<readonly Review[]> {
    const unit = unitOf(this.project.delivery, status);
    const proposals =
      status.pullRequests?.map(({ head, url }) => ({ branch: head, address: url })) ??
      status.leftovers.filter(({ fate }) => fate === 'unknown').map(({ branch }) => ({ branch }));
    const reviews: Review[] = [];
    for (const { branch, ...rest } of proposals) {
      const tip = await this.ops.repository.tip(branch);
      if (tip === undefined) continue;
      const [before, after] = [await branchTree(this.ops, unit), await branchTree(this.ops, unit, tip)];
      const environments = [this.compared(unit.environment, before, after)];
      reviews.push({ ...(await this.review(branch, `${branch} into ${unit.branch}`, environments)), ...rest });
    }
    return reviews;
  }

  /**
   * What lies between two commits of a unit's branch, called after the branch of a proposal whose tip is the second, where there is one.
   *
   * @throws UsageError when a commit is not there
   */
  async ofRevisions(
    { unit, range: [base, head] }: ReviewedRevisions,
    statuses: readonly Pick<UnitStatus, 'pullRequests' | 'branch'>[],
  ): Promise<Review> {
    const { repository } = this.ops;
    const [before, after] = [
      await commitNamed(repository, '--revisions', base),
      await commitNamed(repository, '--revisions', head),
    ];
    const open = statuses.find(({ branch }) => branch === unit.branch)?.pullRequests ?? [];
    const branches = [...(await repository.branches(''))].filter(([name]) => name !== unit.branch);
    const [name] = branches.find(([, tip]) => tip === after) ?? [];
    const pullRequest = open.find((it) => it.head === name);
    const environments = [
      this.compared(
        unit.environment,
        await branchTree(this.ops, unit, before),
        await branchTree(this.ops, unit, after),
      ),
    ];
    const title =
      name === undefined ? `${shown(base)}..${shown(head)} of ${unit.branch}` : `${name} into ${unit.branch}`;
    return {
      ...(await this.review('revisions', title, environments)),
      ...(pullRequest === undefined ? {} : { address: pullRequest.url }),
    };
  }

  private compared(name: string, before: readonly TreeObject[], after: readonly TreeObject[]): ReviewedEnvironment {
    const diff = diffTrees(before, after, diffOptionsOf(this.project));
    const [left, right] = [byIdentity(before), byIdentity(after)];
    return { name, diff, texts: diff.objects.slice(0, mostTexts).map((object) => textsOf(object, left, right)) };
  }

  private async review(id: string, title: string, all: readonly ReviewedEnvironment[]): Promise<Review> {
    const environments = all.filter(({ diff }) => !isEqual(diff));
    const harbours = this.graph.harbours.flatMap((harbour) => {
      const owners = new Set(
        environments
          .filter(({ name }) => name === harbour.name)
          .flatMap(({ diff }) => diff.objects.map((it) => it.owner)),
      );
      const nodes = harbour.nodes.map((node) =>
        owners.has(node.title) ? { ...node, marked: true, details: [...node.details, 'changes'] } : node,
      );
      return nodes.some(({ marked = false }) => marked) ? [{ ...harbour, nodes }] : [];
    });
    const part: Graph = { title: `${this.graph.title}: ${title}`, sources: [], courses: [], harbours };
    const ids = `${id.replaceAll(/[^A-Za-z0-9-]/g, '-')}-`;
    return {
      title,
      environments,
      ...(harbours.length === 0 ? {} : { picture: await renderSvg(part, undefined, { ids }) }),
    };
  }
}

/** A revision as people read it: of a whole commit twelve digits. */
const shown = (revision: string): string => (/^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 12) : revision);

/** What tells an object from the others of its environment. */
const identity = ({ kind, namespace = '', name }: Pick<ObjectDiff, 'kind' | 'namespace' | 'name'>): string =>
  `${kind}/${namespace}/${name}`;

const byIdentity = (tree: readonly TreeObject[]): ReadonlyMap<string, TreeObject> =>
  new Map(
    tree.map((it): [string, TreeObject] => {
      const { kind, metadata } = it.object;
      return [identity({ kind, name: metadata.name, ...namespaced(metadata.namespace) }), it];
    }),
  );

const namespaced = (namespace: string | undefined): { readonly namespace?: string } =>
  namespace === undefined ? {} : { namespace };

function textsOf(
  object: ObjectDiff,
  before: ReadonlyMap<string, TreeObject>,
  after: ReadonlyMap<string, TreeObject>,
): ObjectTexts {
  const [left, right] = [
    before.get(identity({ ...object, name: object.renamedFrom ?? object.name })),
    after.get(identity(object)),
  ];
  return {
    ...(left === undefined ? {} : { before: yamlOf(left) }),
    ...(right === undefined ? {} : { after: yamlOf(right) }),
  };
}

/** An object as YAML, without anybody's secrets. */
const yamlOf = ({ object }: TreeObject): string =>
  dump(redact(object.kind, [], object).value, { schema: CORE_SCHEMA, noRefs: true, lineWidth: -1 });
