import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate that nobody signed but itself, in PEM. */
export interface OwnCertificate {
  readonly key: string;
  readonly cert: string;
}

const encoded = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => encoded(0x30, ...parts);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const time = (date: Date): Buffer =>
  encoded(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

/** Makes a certificate for 127.0.0.1, as the authority of a company that no machine knows: for a day, and with a key of its own. */
export function ownCertificate(): OwnCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ecdsaWithSha256 = sequence(bytes('06082a8648ce3d040302'));
  const commonName = sequence(encoded(0x31, sequence(bytes('0603550403'), encoded(0x0c, Buffer.from('Acme')))));
  const authority = sequence(bytes('0603551d13'), encoded(0x01, bytes('ff')), encoded(0x04, sequence(bytes('0101ff'))));
  const address = sequence(bytes('0603551d11'), encoded(0x04, sequence(encoded(0x87, Buffer.from([127, 0, 0, 1])))));
  const toSign = sequence(
    bytes('a003020102'),
    bytes('020101'),
    ecdsaWithSha256,
    commonName,
    sequence(time(new Date(Date.now() - 3_600_000)), time(new Date(Date.now() + 86_400_000))),
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
    encoded(0xa3, sequence(authority, address)),
  );
  const signature = encoded(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', toSign, privateKey)]));
  const certificate = sequence(toSign, ecdsaWithSha256, signature);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`,
  };
}
