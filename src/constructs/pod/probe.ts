import { k8s } from 'cdk8s-plus-28';
import type { Probe, ProbeAction } from '../../model/container.ts';
import type { TextValue } from '../../model/formats/text.ts';
import { present } from '../present.ts';

/** A probe as Kubernetes wants it; what the model leaves out stays Kubernetes' own default. */
export function probe({ action, ...timing }: Probe, resolve: (value: TextValue) => string): k8s.Probe {
  return present({ ...probeAction(action, resolve), ...timing });
}

function probeAction(action: ProbeAction, resolve: (value: TextValue) => string): k8s.Probe {
  switch (action.kind) {
    case 'http':
      return { httpGet: { path: action.path, port: intOrString(action.port) } };
    case 'tcp':
      return { tcpSocket: { port: intOrString(action.port) } };
    case 'grpc':
      return { grpc: present({ port: action.port, service: action.service }) };
    case 'exec':
      return { exec: { command: action.command.map(resolve) } };
  }
}

/** A port by number or by name. */
export const intOrString = (value: number | string): k8s.IntOrString =>
  typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
