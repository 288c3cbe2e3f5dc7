-- Drives Neovim's own language client over the folder in which it runs: the commands of a user, and what they then see.
-- Runs in every Neovim from 0.7. `luafile` it: it ends Neovim with exit code 0, or says which expectation failed and ends
-- it with 1.

local PATIENCE = 30000 -- milliseconds; how long a machine under load may take for one answer

local function fail(message)
  io.stderr:write("neovim: " .. message .. "\n")
  vim.cmd("cquit 1")
end

--- Waits until `condition` returns something true, and returns that.
local function eventually(what, condition, state)
  local value
  local reached = vim.wait(PATIENCE, function()
    value = condition()
    return value
  end, 20)
  if not reached then
    fail(what .. (state and "; there is: " .. vim.inspect(state()) or ""))
  end
  return value
end

--- Returns the diagnostics of this buffer as "LINE:COLUMN rule", counted from 1 and in bytes.
local function findings()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local code = one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)
    table.insert(found, ("%d:%d %s"):format(one.lnum + 1, one.col + 1, code))
  end
  table.sort(found)
  return found
end

local function has(finding)
  return vim.tbl_contains(findings(), finding)
end

local function finds(finding)
  eventually("expected " .. finding, function() return has(finding) end, findings)
end

local function loses(finding)
  eventually("expected no more " .. finding, function() return not has(finding) end, findings)
end

--- Returns the lines of the first floating window.
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
end

local function hover(line, column, expected)
  vim.api.nvim_win_set_cursor(0, { line, column - 1 })
  vim.lsp.buf.hover()
  local text = eventually("a hover at " .. line .. ":" .. column, floating)
  if not text:find(expected, 1, true) then
    fail(("the hover does not say %q: %s"):format(expected, text))
  end
  vim.cmd("doautocmd CursorMoved") -- closes it
end

--- Takes the first code action at a place whose title contains `title`.
local function act(line, column, title)
  local offered, chosen = {}, nil
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local name = options.format_item(item)
      table.insert(offered, name)
      if not chosen and name:find(title, 1, true) then
        chosen = item
      end
    end
    choose(chosen)
  end
  vim.api.nvim_win_set_cursor(0, { line, column - 1 })
  vim.lsp.buf.code_action()
  eventually("a code action with " .. title, function() return chosen end, function() return offered end)
end

--- Replaces a line, as if it were typed.
local function set(line, text)
  vim.api.nvim_buf_set_lines(0, line - 1, line, false, { text })
end

local function line_with(text)
  for at, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:find(text, 1, true) then
      return at
    end
  end
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

local function clients()
  return vim.tbl_values((vim.lsp.get_clients or vim.lsp.get_active_clients)())
end

local function step(name, take)
  take()
  io.stdout:write("passed: " .. name .. "\n")
end

step("a document is read when it is opened, with the right columns after an emoji", function()
  vim.cmd("edit outage.md")
  finds("13:25 human-error")
  finds("13:59 blamed-action")
end)

step("a hover says why, and asks", function()
  hover(13, 26, "human error")
end)

step("an edit changes the findings, before it is saved", function()
  local blame = vim.api.nvim_buf_get_lines(0, 12, 13, false)[1]
  set(13, "The queue had no owner in the directory, and the console shows both queues under one name.")
  loses("13:25 human-error")
  set(13, blame)
  finds("13:25 human-error")
end)

step("a code action inserts an allow comment, and with a reason it takes effect", function()
  act(13, 26, "Allow `human-error`")
  local comment = eventually("an allow comment", function() return line_with("rcalint-allow: human-error") end)
  set(comment, "<!-- rcalint-allow: human-error -- the words of the supplier -->")
  loses("14:25 human-error")
  finds("14:59 blamed-action")
end)

step("settings that change on the disk take effect", function()
  finds("18:3 weak-action")
  write("rcalint.toml", "[rules]\nweak-action = \"off\"\n")
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { "" })
  loses("18:3 weak-action")
end)

step("a file that is no postmortem has no findings", function()
  vim.cmd("edit! notes.md")
  vim.lsp.buf_request_sync(0, "textDocument/documentSymbol", { textDocument = { uri = vim.uri_from_bufnr(0) } }, PATIENCE)
  if #findings() > 0 then
    fail("findings in a file that is no postmortem: " .. vim.inspect(findings()))
  end
end)

step("the server ends when it is asked to", function()
  vim.lsp.stop_client(clients())
  eventually("an end", function() return #clients() == 0 end)
end)

vim.cmd("qall!")
