import { k8s } from 'cdk8s-plus-28';
import type { Application } from '@portolan-delivery/portolan';

const constructs: Application['constructs'] = (scope, place) => {
  const labels = { app: place.name('worker') };
  new k8s.KubeDeployment(scope, 'worker', {
    metadata: { name: place.name('worker'), labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: place.rotation('orders-db-password') },
        spec: {
          containers: [
            {
              name: 'worker',
              image: place.image('payments'),
              env: [
                { name: 'ORDERS', value: `http://${place.host('orders')}:${place.port('orders', 'http')}` },
                {
                  name: 'PASSWORD',
                  valueFrom: { secretKeyRef: place.secret('orders-db-password', 'POSTGRES_PASSWORD') },
                },
              ],
            },
          ],
        },
      },
    },
  });
};

export default constructs;
