import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { engineWord } from '../../../../src/model/rules/carried-out/engine-word.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { told } from '../../../support/told.ts';
import {
  appKeys,
  reportCredential,
  tellCredential,
  toldByFlux,
  withCredential,
} from '../../../support/told-by-flux.ts';
import { withStage } from '../../../support/valid-delivery.ts';

const dev = 'environments.dev.credentials';

describe('what Flux says to GitHub', () => {
  test('passes where it has a Secret of its own for each, and breaks no other rule', () => {
    expect(told(engineWord, toldByFlux())).toEqual([]);
    expect(problemsOf(toldByFlux())).toEqual([]);
  });

  test('fails for a Secret that Flux does not find, or cannot write to GitHub with', () => {
    const { store } = tellCredential;
    const elsewhere = { kind: 'kubernetes', secretName: 'tell', keys: ['password'], namespace: 'ci' } as const;

    expect(told(engineWord, withCredential(toldByFlux(), 'tell', { store: elsewhere, purpose: 'webhook' }))).toEqual([
      `${dev}.tell.purpose: must be "triggerAuthentication", which Flux uses it for, got "webhook"`,
      `${dev}.tell.store.namespace: must be "flux-system", where Flux looks for it, got "ci"`,
      `${dev}.tell.store.keys: must be ["githubAppID","githubAppInstallationID","githubAppPrivateKey"] of a GitHub App, or ["token"], got ["password"]`,
    ]);
    expect(
      told(
        engineWord,
        withCredential(toldByFlux(), 'report', {
          store: { kind: 'githubActions', repository: 'shop', keys: ['TOKEN'] },
        }),
      ),
    ).toEqual([`${dev}.report.store.kind: must be "kubernetes": Flux reads a Secret, got "githubActions"`]);
    expect(told(engineWord, withCredential(toldByFlux(), 'tell', { store: { ...store, keys: ['token'] } }))).toEqual(
      [],
    );
    expect([...appKeys].sort()).toEqual(appKeys);
  });

  test('fails for a name that its environment does not have', () => {
    const renamed = withCredential(toldByFlux(), 'report', { name: 'reports' });
    const untold = withCredential(toldByFlux(), 'tell', { name: 'tells' });

    expect(told(engineWord, renamed)).toEqual([
      'stages.dev.engine.reportsWith: there is no credential of dev of this name; write "reports", got "report"',
    ]);
    expect(told(engineWord, untold)).toEqual([
      expect.stringContaining('stages.prod.triggers[0].authentication: there is no credential of dev of this name;'),
    ]);
  });

  test('fails for a word that is nobody’s, or that another cluster could say as well', () => {
    const nobody = withCredential(toldByFlux(), 'report', { holder: 'flux-devv' });
    const shared: Delivery = {
      ...toldByFlux(),
      environments: toldByFlux().environments.map((it) =>
        it.name === 'prod' ? { ...it, credentials: [...it.credentials, reportCredential] } : it,
      ),
    };

    expect(told(engineWord, nobody)).toEqual([
      expect.stringContaining(`${dev}.report.holder: there is no app or person among the actors of this name;`),
    ]);
    expect(told(engineWord, shared)).toEqual([
      `${dev}.report.holder: holds a credential of prod too, whose cluster could then speak for this one; give each environment an app of its own, got "flux-dev"`,
    ]);
  });

  test('fails where the ops repository keeps no commit statuses that are read', () => {
    const delivery = toldByFlux();
    const elsewhere: Delivery = {
      ...delivery,
      repositories: delivery.repositories.map((it) => ({
        ...it,
        url: it.url.replace('github.com', 'git.acme.example'),
      })),
    };

    expect(told(engineWord, elsewhere)).toEqual([
      expect.stringMatching(
        /^stages\.dev\.engine\.reportsWith: writes to https:\/\/git\.acme\.example.*where no commit status is read yet; leave it out/,
      ),
    ]);
  });

  test('fails for an event of an engine that sends none, and one whose type is too long for GitHub', () => {
    const argo = withStage(toldByFlux(), 'dev', (stage) => ({
      ...stage,
      engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
    }));
    const long: Delivery = { ...toldByFlux(), name: 'shop'.repeat(25) };

    expect(told(engineWord, argo)).toEqual([
      'stages.prod.triggers[0].by: is not carried out yet where argocd follows stages.dev: Flux alone sends events; write "poll", got "event"',
    ]);
    expect(told(engineWord, long)).toEqual([
      expect.stringContaining(
        'stages.prod.triggers: wait for an event with a type of more than 100 characters, which GitHub refuses; write { by: "poll" }',
      ),
    ]);
  });

  test('fails where two stages hear one environment by two credentials, or it says two', () => {
    const delivery = toldByFlux();
    const [first] = delivery.stages.filter(({ name }) => name === 'prod');
    const twice: Delivery = {
      ...withCredential(delivery, 'report', {}),
      environments: delivery.environments.map((it) =>
        it.name === 'dev'
          ? {
              ...it,
              credentials: [
                ...it.credentials,
                { ...tellCredential, name: 'tell-too' },
                { ...reportCredential, name: 'report-too' },
              ],
            }
          : it,
      ),
      stages: [
        ...delivery.stages,
        {
          ...first!,
          name: 'qa',
          triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'event', authentication: 'tell-too' }],
        },
        {
          ...delivery.stages.find(({ name }) => name === 'dev')!,
          name: 'dev-too',
          engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1, reportsWith: 'report-too' },
        },
      ],
    };

    expect(told(engineWord, twice)).toEqual([
      'stages.prod.triggers[0].authentication: must be the one that other stages hear dev by, "tell-too", got "tell"',
      'stages.qa.triggers[0].authentication: must be the one that other stages hear dev by, "tell", got "tell-too"',
      'stages.dev-too.engine.reportsWith: must be as stages.dev says: one word for an environment, got "report-too"',
    ]);
  });
});
