#!/bin/bash
# What the development container adds to its image: Deno, the kernel, JupyterLab with live figures,
# and the project's packages. It was not run: no container engine was at hand.
set -euo pipefail
npm install --global deno@2.9.6
python3 -m pip install --user jupyterlab==4.6.4 plotly==7.1.0
deno install
deno task kernel
