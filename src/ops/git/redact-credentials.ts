/** Hides user names and passwords in every URL of a text: `https://user:word@host/` becomes `https://***@host/`. */
export function redactCredentials(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]*(?:[^\s/'"]*@)/gi, '$1***@')
    .replace(/([?&](?:access_token|token|private_token)=)[^&\s'"]+/gi, '$1***');
}
