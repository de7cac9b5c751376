import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import type { ExampleProject } from '../../../support/cluster-example.ts';
import { filesOf, gitIn, temporaryFolder } from '../../../support/git.ts';

/** Namespace and Application of what is written by hand. */
export const byHand = 'first-by-hand';

/**
 * The objects of an environment as somebody keeps them who writes YAML by hand: in a repository of their own, with an Application as Argo CD's
 * manual shows it.
 */
export class ByHand {
  private constructor(
    /** Address of its repository, and the repository on this disk. */
    readonly url: string,
    readonly repository: string,
  ) {}

  /** @param urlOf - address of a repository beside the ops repository */
  static create(project: ExampleProject, place: string, urlOf: (name: string) => string): ByHand {
    const own = new ByHand(urlOf(`${byHand}.git`), join(dirname(project.ops), `${byHand}.git`));
    const folder = temporaryFolder();
    gitIn('.', 'init', '--quiet', '--bare', own.repository);
    gitIn(folder, 'init', '--quiet');
    for (const [path, text] of filesOf(project.ops, `env/${place}`)) {
      if (!path.startsWith('manifests/')) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text.replaceAll(`first-${place}`, byHand));
    }
    gitIn(folder, 'add', '--all');
    gitIn(folder, 'commit', '--quiet', '--message', 'By hand');
    gitIn(folder, 'push', '--quiet', own.repository, 'HEAD:refs/heads/main');
    gitIn(own.repository, 'symbolic-ref', 'HEAD', 'refs/heads/main');
    return own;
  }

  /** What Argo CD is told, and where the objects go. */
  get objects(): readonly KubernetesObject[] {
    return [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: byHand } },
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: byHand, namespace: 'argocd' },
        spec: {
          project: 'default',
          source: { repoURL: this.url, targetRevision: 'main', path: 'manifests/first' },
          destination: { server: 'https://kubernetes.default.svc', namespace: byHand },
          syncPolicy: { automated: { prune: true, selfHeal: true } },
        },
      },
    ];
  }

  /** Moves the image with plain Git: clone, edit, commit, push. */
  async move(tag: string): Promise<void> {
    const person = '-c user.name=Ann -c user.email=ann@example.com';
    const lines = [
      `git clone --quiet ${this.url} clone`,
      'cd clone',
      `sed -i -e 's#acme/web:[^" ]*#acme/web:${tag}#' manifests/first/deployment.*.yaml`,
      `git ${person} commit --quiet --all --message 'Move the image'`,
      'git push --quiet',
    ];
    await execa('bash', ['-c', lines.join(' && ')], { cwd: temporaryFolder() });
  }

  tip(): string {
    return gitIn(this.repository, 'rev-parse', 'refs/heads/main');
  }
}
