//! Postmortems that several tests are about.

/// A postmortem that concludes with human error.
pub(crate) const BLAMES: &str = "\
# Postmortem: orders database outage

Date: 2026-01-02

## Impact

Customers could not order for 40 minutes.

## Root cause

The root cause was human error.

## Action items

- Be more careful.
";
