import { expect, test } from '@jest/globals';
import type { OpenProject } from '../../../src/cli/project/open-project.ts';
import { clusterOf } from '../../../src/cli/project/cluster-of.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const [dev, prod] = validDelivery().environments as readonly [Environment, Environment];
const project = {
  settings: { environments: { dev: { kubernetesContext: 'k3d-dev' }, other: { kubernetesContext: 'k3d-other' } } },
} as unknown as OpenProject;

test('the cluster of an environment is the one that was asked for, else that of its stack file, else the current one', () => {
  expect(clusterOf(project, dev, 'kind-mine')).toEqual({ context: 'kind-mine' });
  expect(clusterOf(project, dev, undefined)).toEqual({ context: 'k3d-dev' });
  expect(clusterOf(project, prod, undefined)).toEqual({});
});
