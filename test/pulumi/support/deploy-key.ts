const field = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const one = Buffer.from([0, 0, 0, 1]);
const publicBlobOf = (of: string | number): Buffer =>
  Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(32, of))]);

/**
 * A file laid out as ssh-keygen does, with a made-up key in it that opens nothing.
 *
 * @param of - what the public half is filled with: GitHub takes each key once
 */
export function opensshFile(cipher = 'none', of: string | number = 7): string {
  const bytes = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field(cipher),
    field('none'),
    field(''),
    one,
    field(publicBlobOf(of)),
    field('planted-private-half'),
  ]);
  return [
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    ...(bytes.toString('base64').match(/.{1,70}/g) ?? []),
    '-----END OPENSSH PRIVATE KEY-----',
    '',
  ].join('\n');
}

export const deployKey = opensshFile();

/** The public half of {@link deployKey}, as GitHub gets it. */
export const deployKeyPublic = `ssh-ed25519 ${publicBlobOf(7).toString('base64')}`;
