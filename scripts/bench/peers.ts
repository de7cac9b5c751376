import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ratio.ts';

/** Programs that others use for the same, as Go modules. */
const peers = {
  dyff: 'github.com/homeport/dyff/cmd/dyff@v1.10.2',
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.0',
} as const;

/** The path of a peer, built once per checkout with `go install`. */
export function peer(name: keyof typeof peers): string {
  const module = peers[name];
  const folder = join(root, 'node_modules', '.cache', 'portolan-bench', module.replaceAll(/[^\w.]+/g, '-'));
  const program = join(folder, name);
  if (!existsSync(program)) {
    try {
      execFileSync('go', ['install', module], { env: { ...process.env, GOBIN: folder }, stdio: ['ignore', 2, 2] });
    } catch (error) {
      throw new Error(`bench: ${name} could not be built; it is measured beside, and needs Go: go install ${module}`, {
        cause: error,
      });
    }
  }
  return program;
}
