import { describe, expect, test } from '@jest/globals';
import { defects, refusals } from '../../support/told.ts';
import { asItIs, corrected } from './craftista.ts';

const places = ['dev', 'staging', 'prod'] as const;
const services = ['frontend', 'catalogue', 'recommendation', 'voting'] as const;

const looping = (service: string, place: string): string =>
  `stages.${service}-${place}.write: starts supplies.frontend again by a push to branch main of microservice-helmcharts that changes env/${place}/${service}/${service}-values.yaml; write to another repository or branch, or leave what is written out of the paths that trigger`;

describe('craftista: Kargo promotes every service through every environment', () => {
  test('can be said without its defects', () => {
    expect(defects(corrected)).toEqual([]);
  });

  test('fails where nothing carries it out yet', () => {
    expect(refusals(corrected)).toEqual([
      // Kargo's own objects lie in no toolchain, and prod is entered by a pull request that nobody asks for.
      ...places.flatMap((place) =>
        services.flatMap((service) => [
          ...(place === 'prod' ? [`stages.${service}-prod.triggers`] : []),
          `stages.${service}-${place}.toolchain`,
        ]),
      ),
      'repositories.microservice-helmcharts.holds[0]: config',
      'repositories.microservice-helmcharts.holds[1]: charts',
      ...places.flatMap((place) =>
        services.flatMap((service) => [
          `stages.${service}-${place}.write.locator.kind: helmValue`,
          `stages.${service}-${place}.engine.source: helm`,
        ]),
      ),
      'credentials.kargo-push.store.kind: kubernetes',
    ]);
  });

  test('fails as it is, for its defects', () => {
    expect(defects(asItIs)).toEqual([
      // The programs call hosts and ports that the charts do not have.
      ...places.flatMap((place) => [
        `environments.${place}.applications.frontend.services.frontend.connects[1]: there is no service or database of this name; write "recommendation", got "recco"`,
        `environments.${place}.applications.frontend.services.frontend.connects[2]: voting has no port of this name; write "8081", got "8080"`,
        `environments.${place}.applications.catalogue.services.catalogue.connects[0]: there is no service or database of this name; write "catalogue-db-${place}", got "catalogue-db"`,
      ]),
      // Three environments on two cores.
      'environments.dev.cluster.capacity.cpu: is less than dev, staging and prod request, 3.6; lower requests or replicas, or give an environment another cluster, got "2"',
      // The database is applied by hand.
      ...places.map(
        (place) =>
          `environments.${place}.applications.catalogue-db: no stage delivers it to ${place}; add a stage with environment: "${place}" and application: "catalogue-db"`,
      ),
      // The workflow in the repository of the configuration runs on every commit of Kargo.
      ...places.flatMap((place) => services.map((service) => looping(service, place))),
      // Production promotes itself, against its own documents.
      ...services.map(
        (service) =>
          `stages.${service}-prod.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"`,
      ),
      // Healthy means that a container started.
      ...places.flatMap((place) =>
        services.map(
          (service) =>
            `environments.${place}.applications.${service}.services.${service}.containers.${service}.readiness: is needed where traffic arrives, because stages.${service}-${place} calls a release verified when it is healthy`,
        ),
      ),
    ]);
  });
});
