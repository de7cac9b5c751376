import { expect, test } from '@jest/globals';
import { containerNames } from '../../../../../src/review/checks/references/pods/container-names.ts';
import { container, deployment, findings, object, template } from '../../small-objects.ts';

const autoscaler = (name: string) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'dev-orders' },
      metrics: [{ type: 'ContainerResource', containerResource: { container: name } }],
    },
  });

test('accepts names of containers of the pod', () => {
  const pod = deployment(
    'dev-orders',
    {},
    { template: template({}, { app: 'orders' }, { 'kubectl.kubernetes.io/default-container': 'orders' }) },
  );

  expect(findings(containerNames, [pod, autoscaler('orders')])).toEqual([]);
});

test('fails on a container without an image, which a patch with a misspelt name leaves behind', () => {
  const pod = deployment('dev-orders', {
    containers: [container(), { name: 'ordres', env: [{ name: 'FORWARD', value: 'false' }] }],
  });

  expect(findings(containerNames, [pod])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[1].image: container "ordres" has no image; give it one, or write the name of the container that was meant: orders',
  ]);
});

test('fails on a name that no container has, in an annotation, a variable and an autoscaler', () => {
  const pod = deployment(
    'dev-orders',
    {},
    {
      template: template(
        {
          containers: [
            container({
              env: [{ name: 'A', valueFrom: { resourceFieldRef: { containerName: 'web', resource: 'limits.cpu' } } }],
            }),
          ],
        },
        { app: 'orders' },
        { 'kubectl.kubernetes.io/default-container': 'web' },
      ),
    },
  );

  expect(findings(containerNames, [pod, autoscaler('web')])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].valueFrom.resourceFieldRef.containerName: the pod has no container "web"; write "orders"',
    'Deployment/dev-orders spec.template.metadata.annotations["kubectl.kubernetes.io/default-container"]: the pod has no container "web"; write "orders"',
    'HorizontalPodAutoscaler/dev-orders spec.metrics[0].containerResource.container: the pod has no container "web"; write "orders"',
  ]);
});
