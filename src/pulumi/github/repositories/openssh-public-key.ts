const begin = '-----BEGIN OPENSSH PRIVATE KEY-----';
const end = '-----END OPENSSH PRIVATE KEY-----';

/** One length-prefixed field of an OpenSSH file, and what follows it. */
function field(bytes: Buffer): readonly [Buffer, Buffer] {
  const length = bytes.readUInt32BE(0);
  if (length > bytes.length - 4) throw new RangeError('cut off');
  return [bytes.subarray(4, 4 + length), bytes.subarray(4 + length)];
}

/**
 * The public half of an OpenSSH private key, as `authorized_keys` has it, without a comment: the file carries it in clear.
 *
 * @throws when it is not such a key, or has a passphrase, which no engine could type; the message shows nothing of the key
 */
export function opensshPublicKey(privateKey: string): string {
  const trimmed = privateKey.trim();
  if (!trimmed.startsWith(begin) || !trimmed.endsWith(end)) {
    throw new Error("must be an OpenSSH private key; make one with: ssh-keygen -t ed25519 -N '' -f deploy-key");
  }
  const bytes = Buffer.from(trimmed.slice(begin.length, -end.length), 'base64');
  try {
    const magic = 'openssh-key-v1\0';
    if (bytes.subarray(0, magic.length).toString('latin1') !== magic) throw new RangeError('not OpenSSH');
    const [cipher, afterCipher] = field(bytes.subarray(magic.length));
    const [, afterKdf] = field(afterCipher);
    const [, afterOptions] = field(afterKdf);
    const [publicKey] = field(afterOptions.subarray(4));
    const [algorithm] = field(publicKey);
    if (cipher.toString('latin1') === 'none') return `${algorithm.toString('latin1')} ${publicKey.toString('base64')}`;
  } catch {
    throw new Error(
      'is damaged: it is not a whole OpenSSH private key; give the whole file, with its first and last line',
    );
  }
  throw new Error(
    "must have no passphrase, because nobody types it for the engine; make one with: ssh-keygen -t ed25519 -N '' -f deploy-key",
  );
}
