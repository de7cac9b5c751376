import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { KubernetesObject } from '../model/application.ts';
import { imagesOf, withImages } from '../model/derived/object-images.ts';
import { allowedNamespacesOf } from '../model/derived/places/namespaces.ts';
import { isToolchain } from '../model/derived/places/toolchains.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { oneOf } from '../model/suggestion.ts';
import type { Place } from './place.ts';

/** An object that no construct makes. */
export interface RawObjectProps {
  readonly place: Place;
  readonly object: KubernetesObject;
  /** Where it is in the delivery, for error messages. */
  readonly path: string;
  /** Name of the artifact that is the chart which makes it. @default - no chart does */
  readonly chart?: string;
}

/**
 * An object as the model wrote it, with the images of the release.
 *
 * Defines: that object. It must be in a namespace of the environment or in none at all, and must not hold a secret.
 */
export class RawObject extends Construct {
  /** The object. */
  readonly object: ApiObject;
  /** Name of the artifact behind each image that the release sets, by the container's name, or by the field. */
  readonly artifacts: Readonly<Record<string, string>>;
  /** Name of the artifact that is the chart which makes it, if one does. */
  readonly chart: string | undefined;

  /** @throws ProblemsError when it is a Secret, in another namespace, or runs an artifact that the release has no version of */
  constructor(scope: Construct, id: string, { place, object: written, path, chart }: RawObjectProps) {
    super(scope, id);
    this.chart = chart;
    const problems = problemsOfRaw(place.environment, written, path);
    if (problems.length > 0) throw new ProblemsError('the delivery', problems);

    this.artifacts = Object.fromEntries(
      imagesOf(written).map(({ artifact, container, path: field }) => [container ?? field, artifact]),
    );
    const object = withImages(written, ({ artifact, path: field }) => place.image({ artifact }, `${path}.${field}`));
    const { apiVersion, kind, metadata, ...rest } = object;
    this.object = new ApiObject(this, 'object', { apiVersion, kind, metadata, ...rest });
  }
}

/** Kinds of Kubernetes itself that live in no namespace. */
const clusterScoped: ReadonlySet<string> = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'FlowSchema',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

/** Whether the object's kind belongs to Kubernetes itself, whose scopes are known. */
const isBuiltIn = ({ apiVersion }: KubernetesObject): boolean =>
  !apiVersion.includes('/') || /^(?:apps|autoscaling|batch|policy|[a-z.]+\.k8s\.io)\//.test(apiVersion);

/** Whether Kubernetes itself says that the object lives in no namespace. */
export const livesInNoNamespace = (object: KubernetesObject): boolean =>
  isBuiltIn(object) && clusterScoped.has(object.kind);

/** Why an object that no construct of Portolan's makes could not be one of the application's. */
export function problemsOfRaw(environment: Environment, object: KubernetesObject, path: string): readonly Problem[] {
  const { kind, metadata } = object;
  if ('generateName' in metadata || typeof metadata.name !== 'string' || metadata.name === '')
    return [
      {
        path: `${path}.metadata.name`,
        message:
          'must be the name of the object: what is published is compared by name, and a generated one is another object at each sync; write name and remove generateName',
        given: 'generateName' in metadata ? metadata.generateName : metadata.name,
      },
    ];
  if (kind === 'Secret' && isBuiltIn(object))
    return [
      {
        path,
        message: 'must not be a Secret: declare a credential, its value is made outside Git',
        given: `Secret/${metadata.name}`,
      },
    ];
  const inNamespace = isBuiltIn(object) ? !clusterScoped.has(kind) : metadata.namespace !== undefined;
  if (!inNamespace && metadata.namespace !== undefined)
    return [
      {
        path: `${path}.metadata.namespace`,
        message: `must be left out: a ${kind} lives in no namespace`,
        given: metadata.namespace,
      },
    ];
  const allowed = allowedNamespacesOf(environment);
  if (inNamespace && !allowed.some((one) => one === metadata.namespace)) {
    const further = allowed.length === 1 ? '' : `, or one of its further ones: ${oneOf(allowed.slice(1))}`;
    return [
      {
        path: `${path}.metadata.namespace`,
        message: `must be "${environment.namespace}", the namespace of the ${isToolchain(environment) ? 'toolchain' : 'environment'}${further}`,
        ...(metadata.namespace === undefined ? {} : { given: metadata.namespace }),
      },
    ];
  }
  return [];
}
