import { craftista as craftistaExample } from '../../examples/craftista/example.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { everyWordOfTekton } from '../../support/built-by-tekton.ts';
import { promotedByRuns } from '../../support/promoted-by-runs.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { everyWorkload } from '../every-workload/every-workload.ts';
import { movedFromPrivate } from '../moved-by-kargo.ts';
import { packaging } from '../../builders/github-actions/packaging.ts';
import { charted, fromHelmRepository, hydrated } from '../charted.ts';
import { everyRefusedWord, everyWord } from '../every-word.ts';
import { lookedForInCluster, toldByRegistry } from '../../support/looked-for-in-cluster.ts';
import { certified, furtherWords } from '../further-words.ts';
import * as catService from './cat-service.ts';
import * as craftista from './craftista.ts';
import * as goSampleApp from './go-sample-app.ts';
import * as podinfo from './podinfo.ts';
import * as theProject from './the-project.ts';

/** A delivery without a problem, the five systems without their defects, what none of them says, and the second example: between them every word of the model. */
export const everySystem = (): readonly Delivery[] => [
  validDelivery(),
  ...[theProject, catService, goSampleApp, podinfo, craftista].map(({ corrected }) => corrected),
  everyWord,
  everyWorkload,
  furtherWords,
  certified,
  everyRefusedWord,
  charted(),
  lookedForInCluster(),
  toldByRegistry(),
  ...movedFromPrivate,
  hydrated(),
  fromHelmRepository(),
  packaging('ghcr.io/acme/charts/search'),
  everyWordOfTekton(),
  promotedByRuns(),
  craftistaExample(),
];
