import type { Service } from '../../../src/model/service.ts';
import { listening, small } from './small.ts';

/** A service whose replicas an autoscaler chooses by several metrics. */
export const scaled: Service = {
  ...small('search'),
  containers: [
    listening('search'),
    listening('index', {
      ports: [{ name: 'index', port: 8081 }],
      readiness: { action: { kind: 'grpc', port: 8081 } },
      liveness: { action: { kind: 'grpc', port: 8081 }, failureThreshold: 6 },
    }),
  ],
  autoscaling: {
    min: 2,
    max: 8,
    metrics: [
      { kind: 'resource', name: 'memory', averageUtilization: 80 },
      { kind: 'containerResource', name: 'cpu', container: 'search', averageUtilization: 70 },
      { kind: 'pods', metric: 'http_requests_per_second', averageValue: '100' },
      { kind: 'external', metric: 'queue_messages_ready', labels: { queue: 'searches' }, averageValue: '30' },
    ],
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }] },
      scaleDown: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
    },
  },
};
