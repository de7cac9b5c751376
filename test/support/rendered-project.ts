import project from '../../project.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { environmentOf } from '../../src/model/delivery.ts';
import { readStrictYaml } from '../../src/model/formats/strict-yaml.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { settings } from './settings.ts';

/** A container as far as the tests look into one. */
export interface RenderedContainer {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: RenderedProbe;
  readonly readinessProbe?: RenderedProbe;
  readonly livenessProbe?: RenderedProbe;
}

/** A probe as far as the tests carry one out. */
export interface RenderedProbe {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: { readonly path: string; readonly port: number | string };
}

export interface RenderedPod {
  readonly containers: readonly RenderedContainer[];
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

/** The manifests of one environment of project.ts, read back from the text of the rendered files, as the cluster gets them. */
export class RenderedManifests {
  private readonly objects: ReadonlyMap<string, KubernetesObject>;

  constructor(environmentName: string) {
    const delivery = project(settings);
    const environment = environmentOf(delivery, environmentName);
    const { files } = renderEnvironment(
      delivery,
      environment,
      delivery.initialReleases[environmentName] ?? { images: {} },
      settings.platform,
    );
    const read = [...files].map(([file, text]) => readStrictYaml(file, text) as KubernetesObject);
    this.objects = new Map(read.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
  }

  /** The object of that `Kind/name`. @throws when it is not rendered */
  object(identity: string): KubernetesObject {
    const found = this.objects.get(identity);
    if (found === undefined)
      throw new Error(`${identity} is not rendered; there are ${[...this.objects.keys()].join(', ')}`);
    return found;
  }

  /** Data of a ConfigMap. */
  data(name: string): Readonly<Record<string, string>> {
    return this.object(`ConfigMap/${name}`)['data'] as Readonly<Record<string, string>>;
  }

  /** The pod that a workload or CronJob makes. */
  pod(identity: string): RenderedPod {
    const { template, jobTemplate } = this.object(identity)['spec'] as {
      template?: { spec: RenderedPod };
      jobTemplate?: { spec: { template: { spec: RenderedPod } } };
    };
    const pod = jobTemplate?.spec.template.spec ?? template?.spec;
    if (pod === undefined) throw new Error(`${identity} makes no pods`);
    return pod;
  }

  /** The one container of a workload's pods that has this name. */
  container(identity: string, name: string): RenderedContainer {
    const found = this.pod(identity).containers.find((container) => container.name === name);
    if (found === undefined) throw new Error(`${identity} has no container ${name}`);
    return found;
  }

  /** The text that a container finds at a path, through its mounts and the ConfigMap behind them. */
  fileIn(identity: string, name: string, path: string): string {
    const mount = (this.container(identity, name).volumeMounts ?? []).find(({ mountPath }) =>
      path.startsWith(`${mountPath}/`),
    );
    const volume = this.pod(identity).volumes?.find((candidate) => candidate.name === mount?.name);
    const text =
      mount === undefined || volume?.configMap === undefined
        ? undefined
        : this.data(volume.configMap.name)[path.slice(mount.mountPath.length + 1)];
    if (text === undefined) throw new Error(`${identity}: the container ${name} has no file ${path}`);
    return text;
  }
}
