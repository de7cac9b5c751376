import type { Element } from 'hast';
import { createHash } from 'node:crypto';
import { h } from './look/element.ts';
import { toHtml } from 'hast-util-to-html';
import { courseSection } from './course/course-section.ts';
import { moment } from './look/moment.ts';
import { pageStyle } from './look/page-style.ts';
import { nowSection } from './now/now-section.ts';
import { paceSection } from './pace/pace-section.ts';
import { reviewSection } from './review/review-section.ts';
import type { PageState } from './page-state.ts';

/**
 * The page of a delivery: one HTML file that asks for nothing, and of which nothing but its own style and script is carried out. The same state
 * gives the same bytes.
 *
 * @param script - what runs in the reader's browser; the page is whole without it
 * @param isServed - whether who serves it tells of changes, at `/changes`; the script then listens to that and to nothing else
 */
export function pageOf(page: PageState, script: string, isServed = false): string {
  const applications = [
    ...new Set(page.environments.flatMap(({ units }) => units.flatMap(({ status }) => status.application ?? []))),
  ].sort();
  const classOf = (application: string | undefined): string =>
    application === undefined || !applications.includes(application) ? '' : `app a${applications.indexOf(application)}`;
  const style = pageStyle(applications.length);
  const pictures = [page.picture, ...page.reviews.flatMap(({ picture }) => picture ?? [])];
  const inPictures = pictures.flatMap((picture) =>
    [...picture.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text = '']) => text),
  );
  const policy = [
    `default-src 'none'`,
    `style-src ${[...new Set([style, ...inPictures])].map(hashOf).join(' ')}`,
    `script-src ${hashOf(script)}`,
    ...(isServed ? [`connect-src 'self'`] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const title = `${page.title}: what runs where`;
  const parts = [...(page.reviews.length === 0 ? [] : ['Review']), 'Now', 'Course', 'Pace'];
  const root = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('meta', { name: 'generator', content: `Portolan ${page.version}` }),
      h('title', {}, title),
      h('style', {}, style),
    ),
    h(
      'body',
      {},
      h('a', { class: 'skip', href: '#content' }, 'To the content'),
      h(
        'header',
        {},
        h('h1', {}, page.title),
        h('p', { class: 'quiet' }, `What `, h('code', {}, page.repository), ' says as of ', moment(page.at), '.'),
        ...(isServed ? [h('p', { id: 'served', class: 'quiet', role: 'status' })] : []),
        ...(page.withoutPullRequests === undefined
          ? []
          : [h('p', { class: 'quiet' }, `Which pull requests are open is not known: ${page.withoutPullRequests}.`)]),
      ),
      h(
        'nav',
        { 'aria-label': 'Parts' },
        h(
          'div',
          {},
          h('ul', {}, ...parts.map((part) => h('li', {}, h('a', { href: `#${part.toLowerCase()}` }, part)))),
        ),
      ),
      h(
        'main',
        { id: 'content', tabindex: -1 },
        ...(applications.length < 2 ? [] : [chooser(applications)]),
        ...(page.reviews.length === 0 ? [] : [reviewSection(page.reviews)]),
        nowSection(page, classOf),
        courseSection(page, classOf),
        paceSection(page, classOf),
      ),
      h(
        'footer',
        {},
        h('p', { class: 'quiet' }, `Written by Portolan ${page.version}. Nothing here is loaded from anywhere.`),
      ),
      h('script', {}, script),
    ),
  );
  return `${toHtml({ type: 'root', children: [{ type: 'doctype' }, root] }, { allowDangerousHtml: true })}\n`;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Chooses one application; works without a script. */
const chooser = (applications: readonly string[]): Element =>
  h(
    'fieldset',
    {},
    h('legend', {}, 'Show'),
    ...[
      { id: 'only-all', name: 'all applications', isFirst: true },
      ...applications.map((name, i) => ({ id: `only-a${i}`, name, isFirst: false })),
    ].map(({ id, name, isFirst }) =>
      h(
        'label',
        { for: id },
        h('input', { type: 'radio', name: 'application', id, ...(isFirst ? { checked: true } : {}) }),
        ` ${name}`,
      ),
    ),
  );
