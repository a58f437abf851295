// What a front end does with the generated types: read a list, tell goals apart, write an agreement.
import type { components as Agreements, paths as AgreementPaths } from "./agreements";
import type { components as Indicators } from "./indicators";
import type { components as Reporting, paths as ReportingPaths } from "./reporting";

type Attainment = Reporting["schemas"]["AttainmentOut"];
type Page = ReportingPaths["/v1/attainment"]["get"]["responses"][200]["content"]["application/json"];
type Draft = AgreementPaths["/v1/agreements"]["post"]["requestBody"]["content"]["application/json"];

export function red(page: Page): Attainment[] {
  return page.items.filter((item) => item.light === "red");
}

export function due(goal: Agreements["schemas"]["DeliverableGoal"]): string {
  return goal.due ?? "offen";
}

export const draft: Draft = {
  title: "Zielvereinbarung 2014",
  year: 2014,
  valid_from: "2014-01-01",
  valid_until: "2015-01-01",
  trial: false,
  parties: [{ unit: "05158", role: "municipal_body", scope: "municipal", signs_as: "Landrat" }],
  goals: [],
};

export const rows = (delivery: Indicators["schemas"]["DeliveryOut"]): number => delivery.counts.accepted;
