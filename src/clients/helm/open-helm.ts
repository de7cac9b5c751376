import path from 'node:path';
import type { KubernetesObject } from '../../model/application.ts';
import { ProblemsError } from '../../model/problem.ts';
import { annotationItems } from '../../objects/annotation-items.ts';
import type { ChartQuestion, RenderChart } from '../../objects/charts/chart-question.ts';
import type { Fields } from '../../objects/fields.ts';
import { objectId } from '../../objects/kind.ts';
import { asksAround } from './asks-around.ts';
import { chartFacts } from './chart-facts.ts';
import { ChartRefusal } from './chart-refusal.ts';
import { fetchChart } from './fetch-chart.ts';
import { helmOnPath, type Helm } from './helm-program.ts';
import { pinnedElse } from './pinned-image.ts';
import { readManifests } from './read-manifests.ts';
import { refuseIgnored, refuseOtherVersion } from './refuse-unfit.ts';
import { templateChart } from './template-chart.ts';

/** Annotation by which an object of a chart asks for a time of its own. */
const hookMark = 'helm.sh/hook';

/**
 * What renders charts with the Helm of this machine. An archive is fetched once, and kept; each question is answered once.
 *
 * @param folder - of the project, whose folder `.portolan/charts` keeps the archives
 * @param helm - @default - the one on the PATH, which is looked for at the first question
 */
export function openHelm(folder: string, helm: Helm = helmOnPath()): RenderChart {
  const answers = new Map<string, readonly KubernetesObject[]>();
  const store = path.join(folder, '.portolan', 'charts');
  return (question) => {
    const { path: at, ...asked } = question;
    const key = JSON.stringify(asked);
    const known = answers.get(key);
    if (known !== undefined) return known;
    try {
      const answer = answerTo(helm, fetchChart(helm, store, question.version), question);
      answers.set(key, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof ChartRefusal)) throw error;
      throw new ProblemsError('the delivery', [{ path: `${at}.${error.at}`, message: error.message }]);
    }
  };
}

function answerTo(helm: Helm, archive: string, question: ChartQuestion): readonly KubernetesObject[] {
  const { version, values, kubernetes, pins, namespace } = question;
  const facts = chartFacts(helm, archive);
  refuseOtherVersion(facts, version);
  if (facts.hasDefinitions && !question.withoutDefinitions)
    throw new ChartRefusal(
      'has definitions of custom resources in its folder crds, which belong to the whole cluster; have who keeps the cluster install them, and say who: renderedBy: { kind: "program", withoutDefinitions: … }',
      'renderedBy',
    );
  const render = (given: Fields, line = kubernetes.newest, chart = archive): string =>
    templateChart(helm, { ...question, chart, values: given, kubernetes: line });
  const made = render(values);
  const asked = asksAround(archive, (chart) => render(values, kubernetes.newest, chart));
  if (asked !== undefined)
    throw new ChartRefusal(
      `asks a cluster or the clock while it is rendered, and would be another one tomorrow; turn that off in its values, or let the engine render it: ${asked}`,
    );
  const objects = readManifests(made, namespace);
  refuseChanging(objects, (line) => readManifests(render(values, line), namespace), kubernetes);
  refuseIgnored(question.values, facts, made, render);
  const wrong = pins === undefined ? undefined : pinnedElse(objects, facts, pins);
  if (wrong !== undefined) throw new ChartRefusal(wrong);
  return withoutHooks(objects, question);
}

/** A chart makes the same objects each time, and for every line of Kubernetes that its environment may run on. */
function refuseChanging(
  made: readonly KubernetesObject[],
  render: (line: string) => readonly KubernetesObject[],
  { oldest, newest }: ChartQuestion['kubernetes'],
): void {
  const other = otherIn(made, render(oldest));
  if (other === undefined) return;
  const drawn = oldest === newest ? other : otherIn(made, render(newest));
  throw new ChartRefusal(
    drawn === undefined
      ? `makes ${other} otherwise on Kubernetes ${oldest} than on ${newest}; write one line as oldest and newest of the cluster, or let the engine render it`
      : `makes ${drawn} anew each time, with something drawn by chance; give that in its values, or let the engine render it`,
  );
}

/** The first object that is not the same twice, as people call it; nothing where all are. */
function otherIn(made: readonly KubernetesObject[], again: readonly KubernetesObject[]): string | undefined {
  const other = made.findIndex((object, i) => JSON.stringify(object) !== JSON.stringify(again[i]));
  const object = other === -1 ? again[made.length] : made[other];
  return object === undefined ? undefined : objectId(object);
}

/** Without what runs at a time of Helm's own, which plain objects do not have. */
function withoutHooks(objects: readonly KubernetesObject[], question: ChartQuestion): readonly KubernetesObject[] {
  const hooks = objects.filter((object) => annotationItems(object, hookMark).length > 0);
  if (hooks.length > 0 && !question.withoutHooks)
    throw new ChartRefusal(
      `has hooks, which run at times of Helm's own and are no plain objects: ${hooks.map(objectId).join(', ')}; turn them off in its values, say why it does without them (renderedBy: { kind: "program", withoutHooks: … }), or let the engine render it`,
      'renderedBy',
    );
  return objects.filter((object) => !hooks.includes(object));
}
