import type { Delivery } from '../../delivery.ts';
import { blockProblem, isAddress } from '../../network/cidr.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn, connectingOf } from '../place.ts';

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65535;

/** What leaves the cluster is said by blocks of addresses that the cluster understands, and names are looked up where there is a server. */
export const waysOut = (delivery: Delivery): readonly Problem[] => [
  ...delivery.environments.flatMap(({ name, dns }): readonly Problem[] => {
    const path = `environments.${name}.dns`;
    return [
      ...(dns?.port === undefined || isPort(dns.port)
        ? []
        : [{ path: `${path}.port`, message: 'must be a whole number from 1 to 65535', given: dns.port }]),
      ...(dns?.kind === 'addresses' ? ofAddresses(`${path}.addresses`, dns.addresses) : []),
    ];
  }),
  ...applicationsIn(delivery)
    .flatMap(connectingOf)
    .flatMap(({ path, service }) =>
      (service.connects ?? []).flatMap((connection, i) =>
        connection.kind === 'addresses' ? ofBlocks(`${path}.connects[${i}].cidrs`, connection.cidrs) : [],
      ),
    ),
  ...applicationsIn(delivery).flatMap(({ path, application }) =>
    (application.externalDatabases ?? []).flatMap(({ name, host, port, addresses }): readonly Problem[] => {
      const at = `${path}.externalDatabases.${name}`;
      return [
        ...(isHost(host)
          ? []
          : [{ path: `${at}.host`, message: 'must be a host name in lower case, or an address', given: host }]),
        ...(isPort(port)
          ? []
          : [{ path: `${at}.port`, message: 'must be a whole number from 1 to 65535', given: port }]),
        ...(addresses === 'internet' ? [] : ofBlocks(`${at}.addresses`, addresses)),
      ];
    }),
  ),
];

const isHost = (host: string): boolean =>
  isAddress(host) || /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host);

const ofAddresses = (path: string, addresses: readonly string[]): readonly Problem[] =>
  addresses.length === 0
    ? [{ path, message: 'must name at least one address', given: addresses }]
    : addresses.flatMap((given) =>
        isAddress(given) ? [] : [{ path, message: 'must be an address, e.g. "169.254.20.10"', given }],
      );

function ofBlocks(path: string, blocks: readonly string[]): readonly Problem[] {
  if (blocks.length === 0) return [{ path, message: 'must name at least one block of addresses', given: blocks }];
  return blocks.flatMap((given) => {
    const message = blockProblem(given);
    return message === undefined ? [] : [{ path, message, given }];
  });
}
