#!/usr/bin/env bash
# Kubernetes' CronJobs are read by robfig/cron, and the two widespread npm libraries read some of the same expressions otherwise.
#
# Seen with github.com/robfig/cron/v3 v3.0.1 (which the CronJob controller uses), croner 10.0.1, cron-parser 5.4.0.
#   0 3 */1 * 1    robfig: Mondays. croner, cron-parser: every day ("*/1" counts as a day that was given, and days are joined by "or").
#   0 3 ? * 1      robfig, cron-parser: Mondays. croner: every day.
#   0 3 *,5 * 1    robfig: Mondays (a list that holds "*" counts as not given). croner: every day. cron-parser: refused.
#   0 3 * * 7      robfig: refused. croner, cron-parser: Sundays.
#   0 3 L * *      robfig: refused. croner, cron-parser: the last of the month.
#   5/10 * * * *   robfig, cron-parser: every ten minutes from the fifth. croner: refused.
#   */90 * * * *   robfig, cron-parser: every hour. croner: refused.
#   @every 1h      robfig: every hour. croner, cron-parser: refused.
# So a schedule that a JavaScript library took, or explained, may be refused by the API server, or run on other days.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund croner@10.0.1 cron-parser@5.4.0

cat >expressions <<'LIST'
0 3 */1 * 1
0 3 ? * 1
0 3 *,5 * 1
0 3 * * 7
0 3 L * *
5/10 * * * *
*/90 * * * *
@every 1h
LIST

cat >next.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { Cron } from 'croner';
import { CronExpressionParser } from 'cron-parser';

const start = new Date('2026-01-01T00:00:00Z');
const written = (date) => date.toISOString().slice(5, 16);
const attempt = (work) => {
  try {
    return work().map(written).join(' ');
  } catch {
    return 'refused';
  }
};
for (const expression of readFileSync('expressions', 'utf8').trim().split('\n')) {
  const croner = attempt(() => new Cron(expression, { timezone: 'UTC' }).nextRuns(3, start));
  const parser = attempt(() => {
    const dates = CronExpressionParser.parse(expression, { tz: 'UTC', currentDate: start });
    return [1, 2, 3].map(() => dates.next().toDate());
  });
  console.log(`${expression} | ${croner} | ${parser}`);
}
JS
cat >go.mod <<'MOD'
module finding

go 1.22

require github.com/robfig/cron/v3 v3.0.1
MOD
cat >main.go <<'GO'
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		schedule, err := cron.ParseStandard(lines.Text())
		if err != nil {
			fmt.Printf("%s | refused\n", lines.Text())
			continue
		}
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		var runs []string
		for i := 0; i < 3; i++ {
			at = schedule.Next(at)
			runs = append(runs, at.Format("01-02T15:04"))
		}
		fmt.Printf("%s | %s\n", lines.Text(), strings.Join(runs, " "))
	}
}
GO

export GOPATH=$folder/go GOFLAGS=-mod=mod
{
  echo 'robfig/cron'
  go run . <expressions
  echo 'croner | cron-parser'
  node next.mjs
} 2>&1 | grep -v '^go: ' | tee seen

diff seen - <<'EXPECTED' && echo 'as it was seen'
robfig/cron
0 3 */1 * 1 | 01-05T03:00 01-12T03:00 01-19T03:00
0 3 ? * 1 | 01-05T03:00 01-12T03:00 01-19T03:00
0 3 *,5 * 1 | 01-05T03:00 01-12T03:00 01-19T03:00
0 3 * * 7 | refused
0 3 L * * | refused
5/10 * * * * | 01-01T00:05 01-01T00:15 01-01T00:25
*/90 * * * * | 01-01T01:00 01-01T02:00 01-01T03:00
@every 1h | 01-01T01:00 01-01T02:00 01-01T03:00
croner | cron-parser
0 3 */1 * 1 | 01-01T03:00 01-02T03:00 01-03T03:00 | 01-01T03:00 01-02T03:00 01-03T03:00
0 3 ? * 1 | 01-01T03:00 01-02T03:00 01-03T03:00 | 01-05T03:00 01-12T03:00 01-19T03:00
0 3 *,5 * 1 | 01-01T03:00 01-02T03:00 01-03T03:00 | refused
0 3 * * 7 | 01-04T03:00 01-11T03:00 01-18T03:00 | 01-04T03:00 01-11T03:00 01-18T03:00
0 3 L * * | 01-31T03:00 02-28T03:00 03-31T03:00 | 01-31T03:00 02-28T03:00 03-31T03:00
5/10 * * * * | refused | 01-01T00:05 01-01T00:15 01-01T00:25
*/90 * * * * | refused | 01-01T01:00 01-01T02:00 01-01T03:00
@every 1h | refused | refused
EXPECTED
