import type { Environment } from '../../model/environment.ts';
import { itemsOf, numberOf, textOf, valueAt } from '../../objects/fields.ts';
import type { Need, Needs } from '../../objects/tools/needs.ts';
import { imageApi } from './settings.ts';

/** Namespace that Flux is usually installed in. */
const usualNamespace = 'flux-system';

/** The line that installs what images are looked for and written with: it is left out of the manifest that everybody installs. */
const installLine = (kubectl: string): string =>
  `flux install ${kubectl.replace(/^kubectl ?/, '')} --components-extra image-reflector-controller,image-automation-controller`;

/** The kinds came with their first version with Flux 2.7, so the definition of the writing one says whether it is there. */
const isThere: Need = {
  subject: 'image automation of Flux 2.7 or later',
  anyOf: [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: 'imageupdateautomations.image.toolkit.fluxcd.io',
    },
  ],
  lack: (live, kubectl) => {
    const next = installLine(kubectl);
    if (live === undefined) return { message: 'the cluster does not know ImageUpdateAutomation', next };
    const served = itemsOf(valueAt(live, 'spec', 'versions')).some(
      (each) => textOf(valueAt(each, 'name')) === imageApi.split('/')[1],
    );
    return served ? undefined : { message: `it is older: it does not know ${imageApi}`, next };
  },
};

const runs = (name: string, without: string): Need => ({
  subject: `${name} in ${usualNamespace}`,
  anyOf: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: usualNamespace }],
  lack: (live, kubectl) => {
    if (live === undefined) return { message: `is not there, ${without}`, next: installLine(kubectl) };
    return (numberOf(valueAt(live, 'status', 'readyReplicas')) ?? 0) > 0
      ? undefined
      : {
          message: `has no pod that is ready, ${without}`,
          next: `${kubectl} -n ${usualNamespace} describe deployment ${name}`,
        };
  },
});

/** What of Flux must be in a cluster from which images are looked for and written. */
export const fluxImagesNeeds = (_place: Environment): readonly Needs[] => [
  { what: 'image automation of Flux 2.7 or later', needs: [isThere] },
  {
    what: 'the controllers of image automation',
    needs: [
      runs('source-controller', 'so what it reads branches by is never ready'),
      runs('image-reflector-controller', 'so no image is found'),
      runs('image-automation-controller', 'so no branch is written'),
    ],
  },
];
