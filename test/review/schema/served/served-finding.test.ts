import { describe, expect, test } from '@jest/globals';
import { fieldNotServed, notServed } from '../../../../src/review/schema/served/served-finding.ts';
import { servedFields } from '../../../../src/review/schema/served/served-fields.ts';
import { servedKinds } from '../../../../src/review/schema/served/served-kinds.ts';
import { catalog, changed, problems } from '../change-object.ts';
import { service } from '../valid-objects.ts';
import { deployment, sidecarDeployment } from '../valid-workloads.ts';

const metadata = { name: 'a' };

describe('a kind', () => {
  test.each([
    [
      'autoscaling/v2beta2',
      'HorizontalPodAutoscaler',
      'apiVersion: HorizontalPodAutoscaler of autoscaling/v2beta2 is not served by Kubernetes 1.28, it ended with 1.25; write autoscaling/v2, got "autoscaling/v2beta2"',
    ],
    [
      'policy/v1beta1',
      'PodSecurityPolicy',
      'apiVersion: PodSecurityPolicy of policy/v1beta1 is not served by Kubernetes 1.28, it ended with 1.24; nothing replaces it, so remove the object, got "policy/v1beta1"',
    ],
    [
      'resource.k8s.io/v1beta1',
      'DeviceClass',
      'apiVersion: DeviceClass of resource.k8s.io/v1beta1 is served only by clusters that switch it on; write resource.k8s.io/v1, got "resource.k8s.io/v1beta1"',
    ],
  ])('fails when no line serves %s %s', (apiVersion, kind, message) => {
    expect(problems({ apiVersion, kind, metadata }, { oldest: '1.28', newest: '1.28' })).toEqual([message]);
  });

  test('fails when the oldest line does not serve it yet, and its fields are checked all the same', () => {
    const serviceCidr = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata,
      spec: { cidr: ['10.1.0.0/16'] },
    };

    expect(problems(serviceCidr, { oldest: '1.32', newest: '1.36' })).toEqual([
      'apiVersion: ServiceCIDR of networking.k8s.io/v1 is not served by Kubernetes 1.32, it begins with 1.33; raise the oldest line of the environment, or remove the object, got "networking.k8s.io/v1"',
      'spec.cidr: unknown field; write "cidrs"',
    ]);
  });

  test('fails when the newest line no longer serves it, and passes before, by the fields of its successor', () => {
    const flowSchema = {
      apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
      kind: 'FlowSchema',
      metadata,
      spec: { priorityLevelConfiguration: { name: 'exempt' } },
    };

    expect(problems(flowSchema, { oldest: '1.28', newest: '1.31' })).toEqual([]);
    expect(problems(changed(flowSchema, 'spec.matchingPrecedent', 1), { oldest: '1.28', newest: '1.31' })).toEqual([
      'spec.matchingPrecedent: unknown field; write "matchingPrecedence"',
    ]);
    expect(problems(flowSchema, { oldest: '1.28', newest: '1.32' })).toEqual([
      'apiVersion: FlowSchema of flowcontrol.apiserver.k8s.io/v1beta3 is not served by Kubernetes 1.32, it ended with 1.31; write flowcontrol.apiserver.k8s.io/v1, got "flowcontrol.apiserver.k8s.io/v1beta3"',
    ]);
  });

  test('passes when nothing is known against it', () => {
    expect(
      notServed({ apiVersion: 'apps/v1', kind: 'Deployment' }, { oldest: '1.28', newest: '1.36' }),
    ).toBeUndefined();
  });
});

describe('a field', () => {
  test('fails when the oldest line does not act upon it', () => {
    expect(problems(sidecarDeployment, { oldest: '1.28', newest: '1.36' })).toEqual([
      'spec.template.spec.initContainers[0].restartPolicy: needs Kubernetes 1.29, or the feature gate SidecarContainers, and the environment may run 1.28; raise its oldest line, or remove the field',
    ]);
    expect(problems(sidecarDeployment, { oldest: '1.29', newest: '1.36' })).toEqual([]);
  });

  test('fails without the gate when older lines do not know the field at all', () => {
    const confined = changed(deployment, 'spec.template.spec.securityContext.appArmorProfile', {
      type: 'RuntimeDefault',
    });

    expect(problems(confined, { oldest: '1.29' })).toEqual([
      'spec.template.spec.securityContext.appArmorProfile: needs Kubernetes 1.30, and the environment may run 1.29; raise its oldest line, or remove the field',
    ]);
  });

  test('fails when every line leaves its feature gate off', () => {
    const graceful = changed(deployment, 'spec.template.spec.containers.0.lifecycle.stopSignal', 'SIGINT');

    expect(problems(graceful)).toEqual([
      'spec.template.spec.containers[0].lifecycle.stopSignal: needs the feature gate ContainerStopSignals, which Kubernetes 1.36 leaves off; remove it',
    ]);
  });

  test('fails for the values that are newer than the field, and passes for the others', () => {
    const { action } = servedFields['batch#v1.PodFailurePolicyRule']!;

    expect(fieldNotServed(action!, 'FailJob', { oldest: '1.28', newest: '1.36' })).toBeUndefined();
    expect(fieldNotServed(action!, 'FailIndex', { oldest: '1.28', newest: '1.36' })).toBe(
      'needs Kubernetes 1.29, or the feature gate JobBackoffLimitPerIndex, and the environment may run 1.28; raise its oldest line, or remove the field',
    );
  });

  test('passes on the line that begins with it', () => {
    expect(problems(changed(service, 'spec.trafficDistribution', 'PreferClose'), { oldest: '1.31' })).toEqual([]);
  });
});

describe('the tables', () => {
  test('name definitions and fields that the schemas hold', () => {
    const unknown = Object.entries(servedFields).flatMap(([ref, fields]) =>
      Object.keys(fields).filter((field) => catalog.resolve(ref).properties?.[field] === undefined),
    );

    expect(unknown).toEqual([]);
  });

  test('send to kinds that the schemas hold, or that lead there', () => {
    const isKnown = (apiVersion: string, kind: string): boolean => {
      if (catalog.kindSchema({ apiVersion, kind }) !== undefined) return true;
      const next = servedKinds.find(
        (served) => served.apiVersion === apiVersion && served.kinds.includes(kind),
      )?.instead;
      return next !== undefined && isKnown(next, kind);
    };
    const lost = servedKinds.flatMap(({ instead, kinds }) =>
      instead === undefined ? [] : kinds.filter((kind) => !isKnown(instead, kind)).map((kind) => `${instead} ${kind}`),
    );

    expect(lost).toEqual(['networking.k8s.io/v1 ClusterCIDR']);
  });

  test('say of no kind twice where it is served', () => {
    const names = servedKinds.flatMap(({ apiVersion, kinds }) => kinds.map((kind) => `${apiVersion} ${kind}`));

    expect(names).toEqual([...new Set(names)]);
  });
});
