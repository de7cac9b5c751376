import type { KubernetesObject } from '../../model/application.ts';
import type { Artifact } from '../../model/artifact.ts';
import type { Delivery } from '../../model/delivery.ts';
import { orderOfTags } from '../../model/derived/flux-images/order-of-tags.ts';
import { minutesBetweenLooks } from '../../model/derived/kargo/registry-looks.ts';
import type { Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';
import { duration } from '../../objects/tools/duration.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import { gitApi, imageApi, writtenBy } from './settings.ts';

/** Minutes between two looks at the branch of a stage; a new image is looked for as the supply says, and written at once. */
const minutesBetweenWrites = 5;

/** What looks for an artifact, and what says which of its tags is the newest. A tag that was taken once keeps its digest. */
export function imageObjects(
  delivery: Delivery,
  namespace: string,
  supply: Supply,
  { name, repository, scheme }: Artifact,
): readonly KubernetesObject[] {
  const { discovery } = supply;
  const login = discovery.kind === 'registryPoll' ? discovery.login : undefined;
  const order = orderOfTags(`artifacts.${name}.scheme`, scheme);
  // The rules refuse a scheme without an order.
  if ('problems' in order) return [];
  const metadata = { name, namespace };
  return [
    {
      apiVersion: imageApi,
      kind: 'ImageRepository',
      metadata,
      spec: {
        image: repository,
        interval: duration(minutesBetweenLooks(delivery, supply)),
        ...(login === undefined ? {} : { secretRef: { name: secretNameOf(delivery, login) } }),
      },
    },
    {
      apiVersion: imageApi,
      kind: 'ImagePolicy',
      metadata,
      spec: {
        imageRepositoryRef: { name },
        filterTags: { pattern: order.pattern, extract: order.extract },
        policy: order.policy,
        digestReflectionPolicy: 'IfNotPresent',
      },
    },
  ];
}

/** What writes a stage's branch: that one alone, in the folder of its application, at the fields with a marker. */
export function writerObjects(delivery: Delivery, namespace: string, stage: Stage): readonly KubernetesObject[] {
  const { write, application } = stage;
  const { url, host } = writtenBy(delivery, stage);
  const metadata = { name: stage.name, namespace };
  const { branch } = write;
  return [
    {
      apiVersion: gitApi,
      kind: 'GitRepository',
      metadata,
      spec: {
        url,
        ref: { branch },
        interval: '1h0m0s',
        timeout: '60s',
        ...(host === 'github' ? { provider: 'github' } : {}),
        secretRef: { name: secretNameOf(delivery, write.credential) },
      },
    },
    {
      apiVersion: imageApi,
      kind: 'ImageUpdateAutomation',
      metadata,
      spec: {
        interval: duration(minutesBetweenWrites),
        sourceRef: { kind: 'GitRepository', name: stage.name },
        git: {
          checkout: { ref: { branch } },
          commit: {
            author: { name: write.author.name, email: write.author.email },
            messageTemplate: message(stage),
          },
          push: { branch },
        },
        update: { path: `./manifests/${application}`, strategy: 'Setters' },
      },
    },
  ];
}

/** A tag, of a reference with its digest. */
const tag = '(regexFind "[^:]+$" (first (splitList "@" .NewValue)))';

/** The subject as this program writes it, with the tags that are new, and what was set to what. */
function message({ write, environment }: Stage): string {
  const tags = `{{ $tags := list }}{{ range .Changed.Changes }}{{ $tags = append $tags ${tag} }}{{ end }}`;
  const subject = write.message
    .split('{environment}')
    .join(environment)
    .split('{version}')
    .join('{{ $tags | uniq | sortAlpha | join "+" }}');
  const run = 'Run: {{ .AutomationObject.Namespace }}/{{ .AutomationObject.Name }} of Flux';
  return `${tags}${subject}\n\nAsked-By: Flux\n${run}\n{{ range .Changed.Changes }}Image: {{ .NewValue }}\n{{ end }}`;
}
