import type { Delivery } from '../../src/model/delivery.ts';
import { everyWord } from '../model/every-word.ts';
import { everyWorkload } from '../model/every-workload/every-workload.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { catService } from '../systems/cat-service.ts';
import { craftista } from '../systems/craftista.ts';
import { goSampleApp } from '../systems/go-sample-app.ts';
import { podinfo } from '../systems/podinfo.ts';
import { theProject } from '../systems/the-project.ts';

/** Deliveries that are carried out, by name: what they are and what is rendered of them is as various as the tests have it. */
export const everyDelivery: readonly (readonly [name: string, delivery: Delivery])[] = [
  ['every-word', everyWord],
  ['every-workload', everyWorkload],
  ['small', validDelivery()],
  ['the-project', theProject.mended],
  ['cat-service', catService.mended],
  ['go-sample-app', goSampleApp.mended],
  ['podinfo', podinfo.mended],
  ['craftista', craftista.mended],
];
